// The whole page: who you are, where you are, and what is said there.
import { useEffect, useState } from "react";
import { Composer } from "./composer.jsx";
import { Header } from "./header.jsx";
import { Home } from "./home.jsx";
import { MessageList } from "./messages.jsx";
import { Modal } from "./modal.jsx";
import { act, useWorkspace } from "./server.js";
import { PageContext, pageOf } from "./surface.js";
import { wordsFor } from "./words.js";

const REMEMBERED = "playground-person";

export function Playground() {
  const [person, setPerson] = useState(() => localStorage.getItem(REMEMBERED) ?? "");
  const { state, isStopped } = useWorkspace(person);
  const [channelId, setChannelId] = useState(null);
  const [isHome, setHome] = useState(false);
  useFirstPerson(state, person, setPerson);
  useLanguage(state);
  if (!state?.people.some((each) => each.id === person)) return isStopped ? <Stopped words={wordsFor(navigator.language)} /> : null;
  const page = pageOf(state);
  const channel = state.channels.find((each) => each.id === channelId) ?? state.channels[0];
  const become = (id) => {
    localStorage.setItem(REMEMBERED, id);
    setPerson(id);
    setChannelId(channel.isDirect ? null : channel.id);
    setHome(false);
  };
  const goTo = (id, toHome = false) => {
    setChannelId(id);
    setHome(toHome);
    if (toHome) act("home", { as: state.me });
  };
  return (
    <PageContext value={page}>
      <Header channel={channel} isHome={isHome} become={become} goTo={goTo} />
      {isStopped && <Stopped words={page.words} />}
      {isHome ? <Home /> : <MessageList key={channel.id} channel={channel} />}
      {!isHome && <Composer key={`${state.me}${channel.id}`} channel={channel} />}
      {state.view && <Modal key={state.view.id} view={state.view} />}
    </PageContext>
  );
}

function Stopped({ words }) {
  return (
    <p className="stopped" role="alert">
      {words.stopped}
    </p>
  );
}

// A first visitor is somebody who reads the browser's language.
function useFirstPerson(state, person, setPerson) {
  useEffect(() => {
    if (!state || state.people.some((each) => each.id === person)) return;
    const language = navigator.language.slice(0, 2);
    const reader = state.people.find((each) => each.locale.startsWith(language));
    setPerson((reader ?? state.people[0]).id);
  }, [state, person, setPerson]);
}

function useLanguage(state) {
  useEffect(() => {
    if (!state) return;
    const { me, words } = pageOf(state);
    document.documentElement.lang = me.locale;
    document.title = words.title;
  }, [state]);
}
