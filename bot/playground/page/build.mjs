// Builds the page into ../static: one script, one stylesheet, one HTML file, and the licences of what is inside.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const STATIC = new URL("../static/", import.meta.url);

async function licences(inputs) {
  const packages = new Set();
  for (const path of Object.keys(inputs)) {
    const found = path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) packages.add(found[1]);
  }
  const parts = [];
  for (const name of [...packages].sort()) {
    const folder = new URL(`node_modules/${name}/`, import.meta.url);
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const { version, license } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
    const text = file ? await readFile(new URL(file, folder), "utf8") : `${license} licence`;
    parts.push(`${name} ${version}\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}

await rm(STATIC, { recursive: true, force: true });
await mkdir(STATIC, { recursive: true });
const { metafile } = await build({
  entryPoints: { playground: "src/main.jsx" },
  outdir: "../static",
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: "none", // the licences stand in licenses.txt
  jsx: "automatic",
  target: "es2022",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "info",
});
await copyFile("src/index.html", new URL("index.html", STATIC));
await writeFile(new URL("licenses.txt", STATIC), await licences(metafile.inputs));
