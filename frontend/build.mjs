// Builds the card. `--check` builds it in memory and fails where the committed build differs or is too large.
import { build } from "esbuild";
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUILD = fileURLToPath(
  new URL("../custom_components/retrostep/frontend/retrostep-card.js", import.meta.url),
);
const GZIPPED_MAX_BYTES = 40_000;

const { version } = JSON.parse(await readFile(new URL("package.json", import.meta.url)));
const result = await build({
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  entryPoints: ["src/index.ts"],
  outfile: BUILD,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: {
    js: `/* RetroStep ${version}, Apache-2.0; built from frontend/. Lit, BSD-3-Clause, Google LLC. */`,
  },
  write: false,
});
const built = result.outputFiles[0].contents;
const gzipped = gzipSync(built, { level: 9 }).length;
console.log(`retrostep-card.js: ${built.length} bytes, ${gzipped} gzipped (at most ${GZIPPED_MAX_BYTES})`);
if (gzipped > GZIPPED_MAX_BYTES) {
  console.error("The build is too large.");
  process.exitCode = 1;
}
if (process.argv.includes("--check")) {
  const committed = await readFile(BUILD).catch(() => Buffer.alloc(0));
  if (!committed.equals(built)) {
    console.error("The committed build is not what the source makes: run `script/npm run build`.");
    process.exitCode = 1;
  }
} else {
  await mkdir(dirname(BUILD), { recursive: true });
  await writeFile(BUILD, built);
}
