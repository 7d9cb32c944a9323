/** The card's own texts; one file per language, English where one is missing. */

import en from "./translations/en.json";

export type TextKey = keyof typeof en;
type Texts = Partial<Record<TextKey, string>>;

const LANGUAGES: Record<string, Texts> = { en };

/** Gives a text with its placeholders filled in; a region falls back to its language, then to English. */
export function text(language: string, key: TextKey, values: Record<string, string> = {}): string {
  const texts = LANGUAGES[language] ?? LANGUAGES[language.split("-")[0] ?? ""] ?? en;
  const template = texts[key] ?? en[key];
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Gives a text whose key is put together at run time, or undefined if there is none. */
export function optionalText(
  language: string,
  key: string,
  values: Record<string, string> = {},
): string | undefined {
  return key in en ? text(language, key as TextKey, values) : undefined;
}
