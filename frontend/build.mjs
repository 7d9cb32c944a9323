// Builds the card and a file for each language. `--check` builds in memory and fails where the committed
// build differs or is too large.
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const FOLDER = fileURLToPath(new URL("../custom_components/retrostep/frontend", import.meta.url));
const CARD = "retrostep-card.js";
// The oldest browsers the card is for (docs/dashboard.md); test/floor.test.ts looks for what is newer.
const TARGET = ["es2021", "safari15.4", "chrome92", "firefox91"];
// What a page loads at most: the card and one language.
const GZIPPED_MAX_BYTES = 40_000;

const { version } = JSON.parse(await readFile(new URL("package.json", import.meta.url)));
const built = new Map();
const banner = `/* RetroStep ${version}, Apache-2.0; built from frontend/. Lit, BSD-3-Clause, Google LLC; weekstart, MIT, Denis Sikuler. */`;

// Browsers keep files for weeks: the name of a language's file tells its bytes, as card/resources.py checks.
const languagesApart = {
  name: "languages-apart",
  setup(builder) {
    builder.onResolve({ filter: /\.json$/ }, async ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") {
        return undefined;
      }
      const texts = JSON.stringify(JSON.parse(await readFile(join(resolveDir, path))));
      const contents = Buffer.from(`export default ${texts};\n`);
      const digest = createHash("sha256").update(contents).digest("hex").slice(0, 8);
      const name = `retrostep-${basename(path, ".json")}-${digest}.js`;
      built.set(name, contents);
      return { path: `./${name}`, external: true };
    });
  },
};

// To esbuild the CSS of Lit's css`…` is text that must stay as it is.
const smallStyles = {
  name: "small-styles",
  setup(builder) {
    builder.onLoad({ filter: /\/styles[\w-]*\.ts$/ }, async ({ path }) => {
      const pieces = (await readFile(path, "utf8")).split(/(?<=css`)([^`]*)(?=`)/);
      const errors = [];
      for (let styles = 1; styles < pieces.length; styles += 2) {
        const small = await transform(pieces[styles], { loader: "css", minify: true, target: TARGET });
        pieces[styles] = small.code.trim();
        errors.push(...small.warnings);
      }
      return { contents: pieces.join(""), errors, loader: "ts" };
    });
  },
};

// To esbuild the indentation of Lit's html`…` is text, too; between tags a line's end says the same without it.
const smallTemplates = {
  name: "small-templates",
  setup(builder) {
    builder.onLoad({ filter: /\/src\/[\w-]+\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/\n\s+/g, "\n"),
      loader: "ts",
    }));
  },
};

// Compression looks back 32 KB: styles that stand side by side make each other smaller.
const root = fileURLToPath(new URL(".", import.meta.url));
const styles = (await readdir(join(root, "src"))).filter((name) => name.startsWith("styles")).sort();
const entry = [...styles, "index.ts"].map((name) => `import "./src/${name}";`).join("\n");

const result = await build({
  absWorkingDir: root,
  stdin: { contents: entry, resolveDir: root },
  bundle: true,
  minify: true,
  format: "esm",
  target: TARGET,
  charset: "utf8",
  legalComments: "none",
  banner: { js: banner },
  plugins: [languagesApart, smallStyles, smallTemplates],
  write: false,
});
built.set(CARD, Buffer.from(result.outputFiles[0].contents));
const gzipped = (name) => gzipSync(built.get(name), { level: 9 }).length;
const languages = [...built.keys()].filter((name) => name !== CARD);
const largest = Math.max(0, ...languages.map(gzipped));
console.log(
  `${CARD}: ${gzipped(CARD)} bytes gzipped, a language at most ${largest} (both at most ${GZIPPED_MAX_BYTES})`,
);
if (gzipped(CARD) + largest > GZIPPED_MAX_BYTES) {
  console.error("The build is too large.");
  process.exitCode = 1;
}
await mkdir(FOLDER, { recursive: true });
const committed = (await readdir(FOLDER)).filter((name) => name.endsWith(".js"));
if (process.argv.includes("--check")) {
  const same = await Promise.all(
    [...built].map(async ([name, contents]) =>
      (await readFile(join(FOLDER, name)).catch(() => Buffer.alloc(0))).equals(contents),
    ),
  );
  if (same.includes(false) || committed.length !== built.size) {
    console.error("The committed build is not what the source makes: run `script/npm run build`.");
    process.exitCode = 1;
  }
} else {
  await Promise.all(committed.filter((name) => !built.has(name)).map((name) => rm(join(FOLDER, name))));
  await Promise.all([...built].map(([name, contents]) => writeFile(join(FOLDER, name), contents)));
}
