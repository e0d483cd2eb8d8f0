// Elements one presses or chooses in. Each tells the app at once, unless it stands in an input block.
import { useState } from "react";
import { Confirm } from "./confirm.jsx";
import { upload } from "./server.js";
import { useHeld, usePage, useSurface } from "./surface.js";

export function Element({ block, element, label }) {
  const Known = ELEMENTS[element.type] ?? UnknownElement;
  return <Known block={block} element={element} label={label} />;
}

const ELEMENTS = {
  button: Button,
  workflow_button: Button,
  icon_button: Button,
  feedback_buttons: FeedbackButtons,
  overflow: Overflow,
  static_select: ChosenAtOnce,
  multi_static_select: ChosenAtOnce,
  radio_buttons: ChosenAtOnce,
  checkboxes: ChosenAtOnce,
  datepicker: ChosenAtOnce,
  timepicker: ChosenAtOnce,
  users_select: ChosenAtOnce,
  channels_select: ChosenAtOnce,
  conversations_select: ChosenAtOnce,
};

function Button({ block, element }) {
  const { press } = useSurface();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    setAsking(false);
    setBusy(true);
    if (element.url) window.open(element.url, "_blank", "noopener");
    await press(block, element, element.value);
    setBusy(false);
  };
  return (
    <>
      <button
        type="button"
        className={`button ${element.style ?? ""}`}
        aria-label={element.accessibility_label}
        aria-busy={isBusy}
        onClick={() => (element.confirm ? setAsking(true) : go())}
      >
        {element.text.text}
      </button>
      {isAsking && <Confirm confirm={element.confirm} onYes={go} onNo={() => setAsking(false)} />}
    </>
  );
}

function FeedbackButtons({ block, element }) {
  const { press } = useSurface();
  return [element.positive_button, element.negative_button].map((button) => (
    <button
      key={button.value}
      type="button"
      className="button"
      aria-label={button.accessibility_label}
      onClick={() => press(block, element, button.value)}
    >
      {button.text.text}
    </button>
  ));
}

function Overflow({ block, element }) {
  const { choose } = useSurface();
  const { words } = usePage();
  const pick = (event) => {
    event.currentTarget.closest("details").open = false;
    choose(block, element, event.currentTarget.value);
  };
  return (
    <details className="overflow">
      <summary className="button" aria-label={words.moreActions}>
        ⋯
      </summary>
      <div className="overflow-options">
        {element.options.map((option) => (
          <button key={option.value} type="button" value={option.value} onClick={pick}>
            {option.text.text}
          </button>
        ))}
      </div>
    </details>
  );
}

function ChosenAtOnce({ block, element, label }) {
  const { choose, fill } = useSurface();
  const held = useHeld(block, element);
  const change = (value) => {
    fill(`${block.block_id}/${element.action_id}`, value);
    choose(block, element, value);
  };
  return <Field element={element} value={held} change={change} label={element.placeholder?.text ?? label} />;
}

// One control for what a person fills in; it knows nothing of where it stands.
export function Field({ element, value, change, label, id, describedBy, isInvalid }) {
  const common = { id, "aria-describedby": describedBy, "aria-invalid": isInvalid || undefined };
  const named = id ? common : { ...common, "aria-label": label };
  if (element.type === "checkboxes" || element.type === "multi_static_select")
    return <Boxes element={element} value={value ?? []} change={change} label={label} describedBy={describedBy} />;
  if (element.type === "radio_buttons")
    return <Radios element={element} value={value} change={change} label={label} describedBy={describedBy} />;
  if (element.type === "file_input") return <Files element={element} change={change} named={named} />;
  if (element.type.endsWith("_select")) return <Select element={element} value={value} change={change} named={named} />;
  return <Typed element={element} value={value} change={change} named={named} />;
}

// Files are uploaded when they are chosen; the form holds their ids.
function Files({ element, change, named }) {
  const { state } = usePage();
  const pick = async (event) => {
    const chosen = [...event.target.files];
    change(await Promise.all(chosen.map((file) => upload(state.me, file))));
  };
  return (
    <input
      type="file"
      multiple={element.max_files !== 1}
      accept={element.filetypes?.map((type) => `.${type}`).join(",")}
      onChange={pick}
      {...named}
    />
  );
}

function Typed({ element, value, change, named }) {
  const kinds = { datepicker: "date", timepicker: "time", email_text_input: "email", url_text_input: "url" };
  const shared = {
    ...named,
    value: value ?? "",
    placeholder: element.placeholder?.text,
    autoFocus: element.focus_on_load,
    onChange: (event) => change(event.target.value),
  };
  if (element.multiline) return <textarea rows={3} {...shared} />;
  // A number stays text until it is sent, so that the app's own rule is tried on what was typed.
  return <input type={kinds[element.type] ?? "text"} inputMode={element.type === "number_input" ? "decimal" : undefined} {...shared} />;
}

function Select({ element, value, change, named }) {
  const { state, words } = usePage();
  const lists = { users_select: state.people, channels_select: state.channels, conversations_select: state.channels };
  const listed = lists[element.type]?.map(({ id, name }) => ({ value: id, text: { text: name } }));
  const groups = element.option_groups ?? [{ options: element.options ?? listed ?? [] }];
  return (
    <select {...named} value={value ?? ""} onChange={(event) => change(event.target.value)}>
      <option value="" disabled={!named.id}>
        {element.placeholder?.text ?? words.choose}
      </option>
      {groups.map((group, index) =>
        group.label ? (
          <optgroup key={index} label={group.label.text}>
            <Options options={group.options} />
          </optgroup>
        ) : (
          <Options key={index} options={group.options} />
        ),
      )}
    </select>
  );
}

function Options({ options }) {
  return options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.text.text}
    </option>
  ));
}

function Boxes({ element, value, change, label, describedBy }) {
  const options = element.options ?? element.option_groups.flatMap((group) => group.options);
  const turn = (option, isOn) => change(isOn ? [...value, option.value] : value.filter((each) => each !== option.value));
  return (
    <div role="group" aria-label={label} aria-describedby={describedBy} className="choices">
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={(event) => turn(option, event.target.checked)}
          />
          <OptionText option={option} />
        </label>
      ))}
    </div>
  );
}

function Radios({ element, value, change, label, describedBy }) {
  const [name] = useState(() => `radio-${Math.random()}`);
  return (
    <div role="radiogroup" aria-label={label} aria-describedby={describedBy} className="choices">
      {element.options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={value === option.value} onChange={() => change(option.value)} />
          <OptionText option={option} />
        </label>
      ))}
    </div>
  );
}

function OptionText({ option }) {
  return (
    <span>
      {option.text.text}
      {option.description && <small>{option.description.text}</small>}
    </span>
  );
}

function UnknownElement({ element }) {
  const { words } = usePage();
  return <em>{`${words.cannotDraw} ${element.type}`}</em>;
}
