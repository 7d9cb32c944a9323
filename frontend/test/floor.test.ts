// @vitest-environment node
/** The shipped card holds nothing that is newer than the oldest browsers it is for (docs/dashboard.md). */

import css from "@eslint/css";
import { transform } from "esbuild";
import { ESLint, type Linter } from "eslint";
import compat from "eslint-plugin-compat";
import es from "eslint-plugin-es-x";
import { readdir, readFile } from "node:fs/promises";
import ts from "typescript";
import { describe, expect, it, vi } from "vitest";

// It reads 80 KB in one line with some 200 rules.
vi.setConfig({ testTimeout: 60_000 });

const FOLDER = new URL("../../custom_components/retrostep/frontend/", import.meta.url);
const FLOOR = ["ios_saf 15.4", "safari 15.4", "chrome 92", "firefox 91"];

/** Newer than ES2021, but all browsers of the floor have it; `formatRange` is that of dates. */
const ALLOWED_CALLS = [
  "no-array-prototype-at",
  "no-string-prototype-at",
  "no-intl-numberformat-prototype-formatrange",
];
/** Asked for before it is used. */
const GUARDED_CALLS = ["no-intl-locale-prototype-getweekinfo", "no-intl-locale-prototype-weekinfo"];
const GUARDED_PARTS = ["navigator.vibrate", "navigator.wakeLock"];
/** Arrays have methods of these names too, and have had them for long. */
const ITERATOR_CALLS = /^es-x\/no-iterator-prototype-(every|filter|find|flatmap|foreach|map|reduce|some)$/;
/** Younger than 2021, but all browsers of the floor have it; of `outline` Safari 15.4 lacks the rounding alone. */
const ALLOWED_STYLES = {
  allowSelectors: ["focus-visible"],
  allowProperties: ["outline"],
  allowPropertyValues: { "overflow-wrap": ["anywhere"] },
};
/** What the floor lacks of what came in 2021, by the data of web-features. */
const LATE_IN_2021 = /\b(fit-content|system-ui|pixelated|avoid-column|avoid-page)\b/g;
const UNITS = /^(px|r?em|ch|ex|fr|m?s|deg|turn|v(w|h|min|max))$/;

const newer = {
  ...es.configs["flat/restrict-to-es2021"].rules,
  ...es.configs["flat/restrict-to-es2021-intl-api"].rules,
};
const allowed = [...ALLOWED_CALLS, ...GUARDED_CALLS].map((name) => `es-x/${name}`);
const rules = Object.fromEntries(
  Object.entries(newer).filter(([name]) => !allowed.includes(name) && !ITERATOR_CALLS.test(name)),
) as Linter.RulesRecord;

const lint = new ESLint({
  overrideConfigFile: true,
  ignore: false,
  overrideConfig: [
    {
      files: ["**/*.js"],
      plugins: { compat, "es-x": es as ESLint.Plugin },
      languageOptions: { ecmaVersion: 2021, sourceType: "module" },
      linterOptions: { noInlineConfig: true },
      rules: { ...rules, "compat/compat": "error" },
      // Without types, a method is known by its name alone.
      settings: { "es-x": { aggressive: true }, browsers: FLOOR, polyfills: GUARDED_PARTS },
    },
    {
      files: ["**/*.css"],
      plugins: { css: css as unknown as ESLint.Plugin },
      language: "css/css",
      rules: { "css/use-baseline": ["error", { available: 2021, ...ALLOWED_STYLES }] },
    },
  ],
});

async function complaints(text: string, filePath: string): Promise<string[]> {
  const [result] = await lint.lintText(text, { filePath });
  return (result?.messages ?? []).map(({ message, line, column }) => {
    const there = (text.split("\n")[line - 1] ?? "").slice(Math.max(0, column - 20), column + 60);
    return `${message} …${there}…`;
  });
}

/** What a script holds of CSS: whole sheets, and what it writes into `style` attributes. */
function stylesIn(script: string): string {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && ts.isNoSubstitutionTemplateLiteral(node.template)) {
      const sheet = node.template.text;
      if (sheet.includes("{") && !sheet.includes("<")) {
        found.push(sheet);
      }
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile("card.js", script, ts.ScriptTarget.Latest));
  const inline = [...script.matchAll(/(?:style="|`)([a-z-]+):\$\{/g)].map(
    ([, property]) => `i{${property}:0}`,
  );
  return asChecked([...found, ...inline].join("\n"));
}

/** A variable may hold anything, so nobody checks what it holds: as a colour, which all of ours are, it is. */
function asChecked(sheet: string): string {
  return sheet.replace(/--[\w-]+\s*:/g, "color:");
}

/** What is too new in a sheet; what esbuild would write in another way for the floor is so too. */
async function styleComplaints(sheet: string): Promise<string[]> {
  const units = [...sheet.matchAll(/(?<![\w#.-])-?(?:\d+\.?\d*|\.\d+)([a-z]+)/g)].map(
    ([, unit]) => unit ?? "",
  );
  const { code } = await transform(sheet, { loader: "css", target: ["safari15.4", "chrome92", "firefox91"] });
  const plain = await transform(sheet, { loader: "css" });
  return [
    ...(await complaints(sheet, "card.css")),
    ...units.filter((unit) => !UNITS.test(unit)).map((unit) => `The unit ${unit} is too new.`),
    ...(sheet.match(LATE_IN_2021) ?? []),
    ...(code === plain.code ? [] : ["esbuild writes it differently for the oldest browsers."]),
  ];
}

const scripts = (await readdir(FOLDER)).filter((name) => name.endsWith(".js"));
const card = await readFile(new URL("retrostep-card.js", FOLDER), "utf8");

describe("the shipped card", () => {
  it.each(scripts)("%s is read by the oldest browsers, and calls nothing they lack", async (name) => {
    expect(await complaints(await readFile(new URL(name, FOLDER), "utf8"), name)).toEqual([]);
  });

  it("styles nothing with what they lack", async () => {
    const styles = stylesIn(card);
    expect(styles).toContain(".walker{");
    expect(styles).toContain(".history{");
    expect(await styleComplaints(styles)).toEqual([]);
  });
});

it("is built for the browsers that the docs name", async () => {
  const docs = await readFile(new URL("../../docs/dashboard.md", import.meta.url), "utf8");
  const build = await readFile(new URL("../build.mjs", import.meta.url), "utf8");
  const told = docs.slice(docs.indexOf("## Old tablets"), docs.indexOf("## How the card"));
  for (const browser of FLOOR) {
    const [name = "", version = ""] = browser.split(" ");
    expect(told).toContain(version);
    expect(build).toContain(`"${name.replace("ios_saf", "safari")}${version}"`);
  }
});

describe("what is newer is found", () => {
  it.each([
    ["a class static block", "class Card{static{this.styles=[]}}"],
    ["findLast", "export const last=days.findLast(day=>day.met);"],
    ["findLastIndex", "export const last=days.findLastIndex(day=>day.met);"],
    ["toSorted", "export const days=rows.toSorted();"],
    ["Object.hasOwn", "export const has=Object.hasOwn(states,id);"],
    ["structuredClone", "export const copy=structuredClone(config);"],
    ["Promise.withResolvers", "export const {promise}=Promise.withResolvers();"],
    ["an iterator's own method", "export const two=days.values().take(2);"],
    ["Error.cause", "throw new Error('no',{cause:error});"],
    ["Intl.DurationFormat", "export const format=new Intl.DurationFormat('en');"],
    ["a regular expression's v flag", "export const letters=/[a--b]/v;"],
  ])("%s", async (_, script) => {
    expect(await complaints(script, "card.js")).not.toEqual([]);
  });

  it.each([
    ["color-mix", "i{background:color-mix(in srgb,red 50%,blue)}"],
    ["color-mix in a variable", ":host{--line:color-mix(in srgb,red 50%,blue)}"],
    ["a container query", "@container (max-width: 27em){i{gap:0}}"],
    ["a container's unit", "i{font-size:min(1em,4cqi)}"],
    [":has", ".head:has(.pulse) i{gap:0}"],
    [":dir", ":host(:dir(rtl)) i{gap:0}"],
    ["nesting", ".head{i{gap:0}}"],
    ["dvh", "i{block-size:50dvh}"],
    ["a layer", "@layer base{i{gap:0}}"],
    ["fit-content", "i{inline-size:fit-content}"],
    ["text-wrap", "i{text-wrap:balance}"],
  ])("%s", async (_, sheet) => {
    expect(await styleComplaints(asChecked(sheet))).not.toEqual([]);
  });

  it("but not what a card asks for before it uses it", async () => {
    const mixes = "color-mix(in srgb,red 50%,blue)";
    const sheet = `@supports (color:${mixes}){:host{--line:${mixes}}}`;
    expect(await styleComplaints(asChecked(sheet))).toEqual([]);
  });
});
