// The app's home tab.
import { BlocksOf } from "./blocks.jsx";
import { usePage } from "./surface.js";

export function Home() {
  const { state, words } = usePage();
  const home = state.home;
  return (
    <main className="home">
      {home ? (
        <BlocksOf key={home.hash} source={{ view: home.id }} blocks={home.content.blocks} values={home.values} />
      ) : (
        <p>{words.homeEmpty}</p>
      )}
    </main>
  );
}
