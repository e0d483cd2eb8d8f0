// An input block: its label, its control, its hint, and what is wrong with it.
import { useId } from "react";
import { Field } from "./elements.jsx";
import { keyOf, useHeld, usePage, useSurface } from "./surface.js";

const GROUPS = ["checkboxes", "radio_buttons", "multi_static_select"];

export function Input({ block }) {
  const { words } = usePage();
  const { errors, fill, choose } = useSurface();
  const id = useId();
  const { element } = block;
  const value = useHeld(block, element);
  const error = errors[block.block_id];
  const isGroup = GROUPS.includes(element.type);
  const change = (next) => {
    fill(keyOf(block, element), next);
    if (block.dispatch_action && !element.type.includes("input")) choose(block, element, next);
  };
  const Label = isGroup ? "span" : "label";
  return (
    <div className={`input ${error ? "invalid" : ""}`} onKeyDown={dispatchOnEnter(block, value, choose)}>
      <Label htmlFor={isGroup ? undefined : id} className="input-label">
        {block.label.text} {block.optional && <span className="optional">{words.optional}</span>}
      </Label>
      <Field
        element={element}
        value={value}
        change={change}
        id={isGroup ? undefined : id}
        label={block.label.text}
        describedBy={`${id}-error ${id}-hint`}
        isInvalid={Boolean(error)}
      />
      <p id={`${id}-error`} className="input-error" role="alert">
        {error}
      </p>
      {block.hint && (
        <p id={`${id}-hint`} className="hint">
          {block.hint.text}
        </p>
      )}
    </div>
  );
}

// A text input that reports at once does so on Enter; the form then stays open.
function dispatchOnEnter(block, value, choose) {
  if (!block.dispatch_action || !block.element.type.includes("input")) return undefined;
  return (event) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    choose(block, block.element, value);
  };
}
