// Makes one file of the text editor and all that it is made of, with their licences at its end.
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const MADE = "../pitchgen/web/static/editor.js";
const { metafile, outputFiles } = await build({
  entryPoints: ["editor.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  metafile: true,
  write: false,
});

// Packages by the licence that they share.
const licences = new Map();
const names = Object.keys(metafile.inputs).map((path) => path.match(/^node_modules\/((@[^/]+\/)?[^/]+)/)?.[1]);
for (const name of new Set(names)) {
  if (!name) continue;
  const licence = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
  licences.set(licence, [...(licences.get(licence) ?? []), name]);
}
const told = [...licences].map(([licence, packages]) => `${packages.join(", ")}\n\n${licence}`);
writeFileSync(MADE, `${outputFiles[0].text}/*!\n${told.join("\n\n---\n\n")}\n*/\n`);
