// The messages of a channel, as far as the person may see them.
import { useEffect, useRef, useState } from "react";
import { BlocksOf } from "./blocks.jsx";
import { Inspect } from "./inspect.jsx";
import { usePage } from "./surface.js";

export function MessageList({ channel }) {
  const { words } = usePage();
  const list = useRef(null);
  const newest = channel.messages.at(-1)?.ts;
  useEffect(() => {
    // The whole of a new message, or its beginning when it is taller than the window.
    const last = list.current.lastElementChild;
    last.scrollIntoView({ block: last.offsetHeight > list.current.clientHeight ? "start" : "end" });
  }, [newest]);
  return (
    <main className="messages" ref={list} role="log" aria-label={words.messageList} tabIndex={0}>
      {channel.messages.length === 0 && <Welcome />}
      {channel.messages.map((message) => (
        <Message key={message.ts} channel={channel} message={message} />
      ))}
    </main>
  );
}

function Welcome() {
  const { words } = usePage();
  return (
    <section className="welcome">
      <AppAvatar />
      <h2>{words.welcome}</h2>
      <p>{words.welcomeMore}</p>
    </section>
  );
}

function Message({ channel, message }) {
  const { me, words } = usePage();
  const [isInspected, setInspected] = useState(false);
  const name = useAuthorName(message);
  const time = new Date(Number(message.ts) * 1000);
  return (
    <article className={`message ${message.isEphemeral ? "ephemeral" : ""} ${message.kind}`} aria-label={name}>
      {message.isEphemeral && <p className="only-you">{words.onlyYou}</p>}
      <Avatar message={message} name={name} />
      <div className="message-body">
        <div className="message-head">
          <strong>{name}</strong>
          {message.kind !== "person" && <span className="badge">{words.app}</span>}
          <time dateTime={time.toISOString()}>
            {time.toLocaleTimeString(me.locale, { hour: "numeric", minute: "2-digit" })}
          </time>
          <Cause exchange={message.exchange} />
          {message.exchange && (
            <button type="button" className="inspect" aria-expanded={isInspected} onClick={() => setInspected(!isInspected)}>
              {isInspected ? words.inspectHide : words.inspect}
            </button>
          )}
        </div>
        <BlocksOf
          source={{ channel: channel.id, ts: message.ts }}
          blocks={message.blocks.length ? message.blocks : [{ type: "section", text: { type: "mrkdwn", text: message.text } }]}
          values={message.values}
        />
        {message.isEdited && <span className="edited">{words.edited}</span>}
        {isInspected && <Inspect exchange={message.exchange} />}
      </div>
    </article>
  );
}

// What the person typed to get this message; Slack itself does not repeat it.
function Cause({ exchange }) {
  const { command, text } = exchange?.request ?? {};
  return command ? <code className="cause">{`${command} ${text}`.trim()}</code> : null;
}

function useAuthorName(message) {
  const { state } = usePage();
  if (message.kind === "app") return "Seventy";
  if (message.kind === "slack") return "Slackbot";
  return state.people.find((person) => person.id === message.author)?.name ?? message.author;
}

function Avatar({ message, name }) {
  if (message.kind === "app") return <AppAvatar />;
  const hue = message.kind === "slack" ? 0 : [...message.author].reduce((sum, sign) => sum + sign.codePointAt(0), 0) * 47;
  const colour = message.kind === "slack" ? "#616061" : `hsl(${hue % 360} 45% 38%)`;
  return (
    <span className="avatar" style={{ background: colour }} aria-hidden="true">
      {[...name][0]}
    </span>
  );
}

export function AppAvatar() {
  return (
    <svg className="avatar" viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="8" fill="#0b5e6f" />
      <path d="M5 30h26" stroke="#7fd1c7" strokeWidth="3" strokeLinecap="round" />
      <path d="M5 30h18.2" stroke="#ffd166" strokeWidth="3" strokeLinecap="round" />
      <text x="18" y="22" textAnchor="middle" fontSize="16" fontWeight="700" fill="#fff" fontFamily="system-ui, sans-serif">
        70
      </text>
    </svg>
  );
}
