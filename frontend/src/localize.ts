/** The card's own texts; one file per language, English for all of it where one is missing. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import en from "./translations/en.json";
import type { HomeAssistant } from "./types";

export type TextKey = keyof typeof en;
type Texts = Partial<Record<TextKey, string>>;

/** English is part of the card; every other language is a file of its own, fetched by those who read it. */
export const LANGUAGES: Record<string, () => Promise<{ default: Texts }>> = {
  de: () => import("./translations/de.json"),
  es: () => import("./translations/es.json"),
  fr: () => import("./translations/fr.json"),
  nl: () => import("./translations/nl.json"),
  "pt-BR": () => import("./translations/pt-BR.json"),
  "zh-Hans": () => import("./translations/zh-Hans.json"),
};

const loaded: Record<string, Texts> = { en };
const pluralRules: Record<string, Intl.PluralRules> = {};
const loading = new Map<string, Promise<void>>();

/** Gives the language whose file is read; a region falls back to its language. */
function fileOf(language: string): string | undefined {
  const base = language.split("-")[0] ?? "";
  return [language, base].find((name) => name in LANGUAGES);
}

/** Fetches the texts of a language once; one that can't be fetched is shown in English until it can. */
export async function loadTexts(language: string): Promise<void> {
  const name = fileOf(language);
  if (!name || loaded[name]) {
    return;
  }
  const fetching = loading.get(name) ?? fetchTexts(name);
  loading.set(name, fetching);
  await fetching;
}

async function fetchTexts(name: string): Promise<void> {
  try {
    const texts = (await LANGUAGES[name]?.())?.default ?? {};
    // Files of two versions may meet while an update replaces them.
    if (Object.keys(en).every((key) => key in texts)) {
      loaded[name] = texts;
    }
  } catch {
    // It is asked for again by the next card.
  } finally {
    loading.delete(name);
  }
}

/** Gives Home Assistant in English, dates and all, where the texts of the user's language are not there. */
export function inOneLanguage(hass: HomeAssistant): HomeAssistant {
  const { language } = hass.locale;
  if (language.split("-")[0] === "en" || loaded[fileOf(language) ?? ""]) {
    return hass;
  }
  return { ...hass, localize: () => "", locale: { ...hass.locale, language: "en" } };
}

/** Has an element drawn again when the texts of its user's language are there. */
export class TextsController implements ReactiveController {
  private asked: string | undefined;

  constructor(private host: ReactiveControllerHost & { hass?: HomeAssistant }) {
    host.addController(this);
  }

  hostUpdate(): void {
    const language = this.host.hass?.locale.language;
    if (language && language !== this.asked) {
      this.asked = language;
      void loadTexts(language).then(() => this.host.requestUpdate());
    }
  }
}

/** Gives a text with its placeholders filled in; English until the language is loaded. */
export function text(language: string, key: TextKey, values: Record<string, string> = {}): string {
  const template = loaded[fileOf(language) ?? "en"]?.[key] ?? en[key];
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

type PluralKey = { [Key in TextKey]: `${Key}.one` extends TextKey ? Key : never }[TextKey];

/**
 * Gives the text for a number, in the form the language has for it: `key.one`, `key.few` and so on; `key`
 * itself is the form for all other numbers.
 */
export function pluralText(
  language: string,
  key: PluralKey,
  value: number,
  values: Record<string, string> = {},
): string {
  // What is said in English until the language is loaded, or because nobody translated it, is said by its rules.
  const spoken = fileOf(language) ?? "en";
  const file = loaded[spoken] ? spoken : "en";
  const rules = (pluralRules[file] ??= new Intl.PluralRules(file));
  const form = `${key}.${rules.select(value)}` as TextKey;
  return loaded[file]?.[form] === undefined ? text(language, key, values) : text(language, form, values);
}

/** Gives a text whose key is put together at run time, or undefined if there is none. */
export function optionalText(
  language: string,
  key: string,
  values: Record<string, string> = {},
): string | undefined {
  return key in en ? text(language, key as TextKey, values) : undefined;
}
