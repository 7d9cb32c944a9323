/** The card's own texts: a file for each language, fetched by those who read it; English where one can't be had. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type english from "./translations/en.json";
import type { HomeAssistant } from "./types";

export type TextKey = keyof typeof english;
type Texts = Partial<Record<TextKey, string>>;

const ENGLISH = "en";

export const LANGUAGES: Record<string, () => Promise<{ default: Texts }>> = {
  en: () => import("./translations/en.json"),
  de: () => import("./translations/de.json"),
  es: () => import("./translations/es.json"),
  fr: () => import("./translations/fr.json"),
  nl: () => import("./translations/nl.json"),
  "pt-BR": () => import("./translations/pt-BR.json"),
  "zh-Hans": () => import("./translations/zh-Hans.json"),
};

const loaded: Record<string, Texts> = {};
const pluralRules: Record<string, Intl.PluralRules> = {};
const loading = new Map<string, Promise<void>>();

/** Gives the language whose file is read; a region falls back to its language, one nobody translated to English. */
function fileOf(language: string): string {
  const base = language.split("-")[0] ?? "";
  return [language, base].find((name) => name in LANGUAGES) ?? ENGLISH;
}

/** Gives the language that is spoken now: English until its file is there. */
function spoken(language: string): string {
  const name = fileOf(language);
  return loaded[name] ? name : ENGLISH;
}

/** Fetches the texts of a language once, and those of English where it can't be fetched. */
export async function loadTexts(language: string): Promise<void> {
  const name = fileOf(language);
  await fetchOnce(name);
  if (!loaded[name]) {
    await fetchOnce(ENGLISH);
  }
}

/** Says whether there is anything to write with. */
export function hasTexts(language: string): boolean {
  return spoken(language) in loaded;
}

async function fetchOnce(name: string): Promise<void> {
  if (!loaded[name]) {
    const fetching = loading.get(name) ?? fetchTexts(name);
    loading.set(name, fetching);
    await fetching;
  }
}

async function fetchTexts(name: string): Promise<void> {
  try {
    const texts = await LANGUAGES[name]?.();
    if (texts) {
      loaded[name] = texts.default;
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
  if (language.split("-")[0] === ENGLISH || spoken(language) !== ENGLISH) {
    return hass;
  }
  return { ...hass, localize: () => "", locale: { ...hass.locale, language: ENGLISH } };
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

/** Gives a text with its placeholders filled in. */
export function text(language: string, key: TextKey, values: Record<string, string> = {}): string {
  return optionalText(language, key, values) ?? key;
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
  const file = spoken(language);
  const rules = (pluralRules[file] ??= new Intl.PluralRules(file));
  return optionalText(language, `${key}.${rules.select(value)}`, values) ?? text(language, key, values);
}

/** Gives a text whose key is put together at run time, or undefined if there is none or none is loaded yet. */
export function optionalText(
  language: string,
  key: string,
  values: Record<string, string> = {},
): string | undefined {
  const template = loaded[spoken(language)]?.[key as TextKey];
  return template?.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
