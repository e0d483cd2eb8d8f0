// The line one types in, its memory, and examples for a newcomer.
import { useRef, useState } from "react";
import { act } from "./server.js";
import { usePage } from "./surface.js";
import { EXAMPLES } from "./words.js";

export function Composer({ channel }) {
  const { state, words } = usePage();
  const [text, setText] = useState("");
  const [isSending, setSending] = useState(false);
  const field = useRef(null);
  const memory = useMemory();

  async function send(said) {
    if (!said.trim() || isSending) return;
    memory.keep(said);
    setText("");
    setSending(true);
    try {
      await act("say", { as: state.me, channel: channel.id, text: said });
    } finally {
      setSending(false);
      field.current?.focus();
    }
  }

  function recall(event) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    setText(memory.go(step));
  }

  return (
    <footer className="composer">
      <div className="examples">
        <span id="examples">{words.examples}</span>
        <ul aria-labelledby="examples">
          {EXAMPLES.map((example) => (
            <li key={example}>
              <button type="button" onClick={() => send(example)}>
                {example}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send(text);
        }}
      >
        <input
          ref={field}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          aria-label={words.composer}
          placeholder={words.composer}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={recall}
        />
        <button type="submit" disabled={isSending || !text.trim()}>
          {isSending ? words.sending : words.send}
        </button>
      </form>
    </footer>
  );
}

function useMemory() {
  const said = useRef([]);
  const place = useRef(0);
  return {
    keep(text) {
      if (said.current.at(-1) !== text) said.current.push(text);
      place.current = said.current.length;
    },
    go(step) {
      place.current = Math.min(Math.max(place.current + step, 0), said.current.length);
      return said.current[place.current] ?? "";
    },
  };
}
