// Blocks: those one can press or fill in are drawn here, all others by the library.
import { useMemo, useState } from "react";
import { Message as LibraryMessage } from "slack-blocks-to-jsx";
import { DataTable } from "./data_table.jsx";
import { Element } from "./elements.jsx";
import { Input } from "./input.jsx";
import { act } from "./server.js";
import { SurfaceContext, usePage } from "./surface.js";

const OWN = {
  actions: Actions,
  context_actions: Actions,
  input: Input,
  data_table: DataTable,
  container: Container,
  carousel: Carousel,
};

// The blocks of a message or home tab; a choice there is sent at once.
export function BlocksOf({ source, blocks, values }) {
  const { state } = usePage();
  const [filled, setFilled] = useState({});
  const surface = surfaceFor(source, state.me, { values, filled, setFilled });
  return (
    <SurfaceContext value={surface}>
      <Blocks blocks={blocks} />
    </SurfaceContext>
  );
}

export function surfaceFor(source, me, { values, filled, setFilled, errors = {} }) {
  const place = (block, element) => ({ as: me, ...source, block_id: block.block_id, action_id: element.action_id, filled });
  return {
    values,
    filled,
    errors,
    fill: (key, value) => setFilled((before) => ({ ...before, [key]: value })),
    press: (block, element, value) => act("click", { ...place(block, element), value }),
    choose: (block, element, value) => act("choose", { ...place(block, element), value }),
  };
}

export function Blocks({ blocks }) {
  return runs(blocks).map((run, index) => {
    if (run.passive) return <Passive key={index} blocks={run.passive} />;
    const Own = OWN[run.own.type] ?? (run.own.type === "card" ? Card : SectionWithAccessory);
    return <Own key={run.own.block_id ?? index} block={run.own} />;
  });
}

// Neighbours that the library draws go to it together.
function runs(blocks) {
  const found = [];
  for (const block of blocks) {
    if (isOwn(block)) found.push({ own: block });
    else if (found.at(-1)?.passive) found.at(-1).passive.push(block);
    else found.push({ passive: [block] });
  }
  return found;
}

function isOwn(block) {
  const isPressed = block.accessory && block.accessory.type !== "image";
  return block.type in OWN || isPressed || (block.type === "card" && block.actions?.length > 0);
}

function Passive({ blocks }) {
  const { state } = usePage();
  const data = useMemo(
    () => ({
      users: state.people.map(({ id, name }) => ({ id, name })),
      channels: state.channels.map(({ id, name }) => ({ id, name })),
      user_groups: [],
    }),
    [state.people.length, state.channels.length],
  );
  // Without block ids, which the library would turn into ids of the page's elements: those must be unique.
  const unnamed = blocks.map(({ block_id, ...block }) => block);
  return (
    <div className="passive">
      <LibraryMessage withoutWrapper theme="light" blocks={unnamed} data={data} />
    </div>
  );
}

function SectionWithAccessory({ block }) {
  const { accessory, ...section } = block;
  return (
    <div className="section">
      <Passive blocks={[section]} />
      <Element block={block} element={accessory} label={block.text?.text} />
    </div>
  );
}

function Actions({ block }) {
  return (
    <div className="actions">
      {block.elements.map((element) => (
        <Element key={element.action_id} block={block} element={element} />
      ))}
    </div>
  );
}

function Card({ block }) {
  const { actions, ...card } = block;
  return (
    <div className="card">
      <Passive blocks={[card]} />
      <Actions block={{ ...block, elements: actions }} />
    </div>
  );
}

function Carousel({ block }) {
  return (
    <div className="carousel" tabIndex={0}>
      <Blocks blocks={block.elements} />
    </div>
  );
}

function Container({ block }) {
  const title = block.title?.text;
  return (
    <section className="container" aria-label={title}>
      {title && <h3>{title}</h3>}
      {block.subtitle && <p>{block.subtitle.text}</p>}
      <Blocks blocks={block.child_blocks} />
    </section>
  );
}
