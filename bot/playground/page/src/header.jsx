// Where you are and who you are.
import { useEffect, useState } from "react";
import { usePage } from "./surface.js";
import { wordsFor } from "./words.js";

export function Header({ channel, isHome, become, goTo }) {
  const { words } = usePage();
  return (
    <header className="header">
      <div className="header-row">
        <Places channel={channel} isHome={isHome} goTo={goTo} />
        <People become={become} />
      </div>
      <p className="not-slack">{words.notSlack}</p>
    </header>
  );
}

function Places({ channel, isHome, goTo }) {
  const { state, words } = usePage();
  const isUnread = useUnread(state.channels, isHome ? null : channel.id);
  return (
    <nav className="places" aria-label={words.channels}>
      {state.channels.map((each) => {
        const isHere = each.id === channel.id && !isHome;
        return (
          <button key={each.id} type="button" aria-current={isHere ? "page" : undefined} onClick={() => goTo(each.id)}>
            {each.isDirect ? words.directMessages : `# ${each.name}`}
            {isUnread(each) && <span className="unread" role="img" aria-label={words.unread} />}
          </button>
        );
      })}
      {state.hasHome && (
        <button
          type="button"
          aria-current={isHome ? "page" : undefined}
          onClick={() => goTo(state.channels.find((each) => each.isDirect).id, true)}
        >
          {words.homeTab}
        </button>
      )}
    </nav>
  );
}

function People({ become }) {
  const { state, words } = usePage();
  return (
    <fieldset className="people">
      <legend className="visually-hidden">{words.actAs}</legend>
      {state.people.map((person) => (
        <label key={person.id} lang={person.locale}>
          <input
            type="radio"
            name="person"
            checked={person.id === state.me}
            onChange={() => become(person.id)}
            aria-label={`${wordsFor(person.locale).language}: ${person.name}`}
          />
          <span className="person-language">{wordsFor(person.locale).language}</span>
          <span className="person-name">{person.name}</span>
        </label>
      ))}
    </fieldset>
  );
}

function useUnread(channels, hereId) {
  const newest = (channel) => channel.messages.at(-1)?.ts ?? "";
  const [seen, setSeen] = useState(() => Object.fromEntries(channels.map((each) => [each.id, newest(each)])));
  const here = channels.find((each) => each.id === hereId);
  const hereNewest = here ? newest(here) : "";
  useEffect(() => {
    if (hereId) setSeen((before) => ({ ...before, [hereId]: hereNewest }));
  }, [hereId, hereNewest]);
  return (channel) => channel.id !== hereId && newest(channel) > (seen[channel.id] ?? "");
}
