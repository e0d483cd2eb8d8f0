// The question some buttons ask before they act.
import { useEffect, useRef } from "react";
import { usePage } from "./surface.js";

export function Confirm({ confirm, onYes, onNo }) {
  const { words } = usePage();
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="confirm-title" onCancel={onNo}>
      <h2 id="confirm-title">{confirm.title?.text}</h2>
      <p>{confirm.text?.text}</p>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onNo}>
          {confirm.deny?.text ?? words.cancel}
        </button>
        <button type="button" className={`button ${confirm.style ?? "primary"}`} onClick={onYes}>
          {confirm.confirm?.text ?? words.yes}
        </button>
      </div>
    </dialog>
  );
}
