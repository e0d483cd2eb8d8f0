// What went over the wire to make a message or a modal.
import { useEffect, useRef } from "react";
import { usePage } from "./surface.js";

export function Inspect({ exchange }) {
  const { words } = usePage();
  const shown = useRef(null);
  useEffect(() => shown.current.scrollIntoView({ block: "nearest" }), []);
  return (
    <div className="exchange" ref={shown}>
      <h4>{words.request}</h4>
      <pre tabIndex={0}>{JSON.stringify(exchange.request, null, 2)}</pre>
      <h4>{words.reply}</h4>
      <pre tabIndex={0}>{JSON.stringify(exchange.reply, null, 2)}</pre>
    </div>
  );
}
