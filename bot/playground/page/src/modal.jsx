// The modal that is open on top.
import { useEffect, useRef, useState } from "react";
import { Blocks, surfaceFor } from "./blocks.jsx";
import { Inspect } from "./inspect.jsx";
import { act } from "./server.js";
import { SurfaceContext, usePage } from "./surface.js";

export function Modal({ view }) {
  const { state, words } = usePage();
  const { content } = view;
  const dialog = useRef(null);
  const [filled, setFilled] = useState({});
  const [isBusy, setBusy] = useState(false);
  const [isInspected, setInspected] = useState(false);
  useEffect(() => dialog.current.showModal(), []);
  const known = Object.fromEntries(Object.entries(filled).filter(([key]) => view.inputs.includes(key)));
  const surface = surfaceFor({ view: view.id }, state.me, {
    values: view.values,
    filled: known,
    setFilled,
    errors: view.errors,
  });
  const close = () => act("close", { as: state.me, view: view.id });
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    await act("submit", { as: state.me, view: view.id, filled: known });
    setBusy(false);
  };
  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-labelledby="modal-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form onSubmit={submit} noValidate>
        <header>
          <h2 id="modal-title">{content.title.text}</h2>
          <button type="button" className="close" aria-label={words.close} onClick={close}>
            ×
          </button>
        </header>
        <div className="modal-body">
          {view.failure && (
            <p className="failure" role="alert">
              {view.failure}
            </p>
          )}
          <SurfaceContext value={surface}>
            <Blocks blocks={content.blocks} />
          </SurfaceContext>
          {isInspected && <Inspect exchange={view.exchange} />}
        </div>
        <footer className="dialog-buttons">
          {view.exchange && (
            <button type="button" className="inspect" aria-expanded={isInspected} onClick={() => setInspected(!isInspected)}>
              {isInspected ? words.inspectHide : words.inspect}
            </button>
          )}
          <button type="button" className="button" onClick={close}>
            {content.close?.text ?? words.cancel}
          </button>
          {content.submit && (
            <button type="submit" className="button primary" disabled={isBusy}>
              {content.submit.text}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}
