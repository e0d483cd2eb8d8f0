// What stands around an element: the message or modal it belongs to, and what its inputs hold.
import { createContext, useContext } from "react";
import { wordsFor } from "./words.js";

export const PageContext = createContext(null); // { state, me, words }
export const SurfaceContext = createContext(null); // { values, filled, fill, press, choose, errors }

export function usePage() {
  return useContext(PageContext);
}

export function useSurface() {
  return useContext(SurfaceContext);
}

export function pageOf(state) {
  const me = state.people.find((person) => person.id === state.me);
  return { state, me, words: wordsFor(me.locale) };
}

export function keyOf(block, element) {
  return `${block.block_id}/${element.action_id}`;
}

// What an element holds: what was filled in here, else what the stand-in knows.
export function useHeld(block, element) {
  const { values, filled } = useSurface();
  const key = keyOf(block, element);
  if (key in filled) return filled[key];
  return plainValue(values?.[block.block_id]?.[element.action_id]);
}

function plainValue(held) {
  if (!held) return null;
  if (held.selected_options) return held.selected_options.map((option) => option.value);
  if (held.selected_option) return held.selected_option.value;
  if (held.files) return held.files.map((file) => file.id);
  const names = ["value", "selected_date", "selected_time", "selected_user", "selected_channel", "selected_conversation"];
  for (const name of names) if (held[name]) return held[name];
  return null;
}
