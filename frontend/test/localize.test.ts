import { expect, test, vi } from "vitest";
import "../src/index";
import type { RetrostepCard } from "../src/card";
import { inOneLanguage, LANGUAGES, loadTexts, pluralText, text } from "../src/localize";
import en from "../src/translations/en.json";
import { fakeHass, HOUSEHOLDS } from "./fakes";

const english = en as Record<string, string>;
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

test.each(Object.keys(LANGUAGES))("%s fills in what English fills in", async (language) => {
  const texts = (await LANGUAGES[language]?.())?.default as Record<string, string> | undefined;
  for (const [key, text] of Object.entries(texts ?? {})) {
    const shared = key.replace(/\.(zero|two|few|many)$/, ".one");
    expect(placeholders(text), key).toEqual(placeholders(english[key] ?? english[shared] ?? "no such text"));
  }
});

test.each(Object.keys(LANGUAGES))("%s has exactly the texts of English", async (language) => {
  const texts = (await LANGUAGES[language]?.())?.default;
  // Languages with more plural forms than English may have them besides.
  const keys = Object.keys(texts ?? {}).filter((key) => !/\.(zero|two|few|many)$/.test(key));
  expect(keys.sort()).toEqual(Object.keys(english).sort());
});

test("a region is shown in its language", async () => {
  await loadTexts("de-AT");
  expect(text("de-AT", "backward")).toBe("Rückwärts");
  expect(text("de-AT", "of_goal", { goal: "8" })).toBe("von 8");
});

test("numbers come with the form their language has for them", async () => {
  await Promise.all(["de", "fr", "zh-Hans"].map(loadTexts));
  const steps = (language: string, value: number) =>
    pluralText(language, "amount.steps", value, { count: String(value) });
  expect([0, 1, 2].map((value) => steps("en", value))).toEqual(["0 steps", "1 step", "2 steps"]);
  expect([0, 1, 2].map((value) => steps("de", value))).toEqual(["0 Schritte", "1 Schritt", "2 Schritte"]);
  expect([1, 2].map((value) => steps("zh-Hans", value))).toEqual(["1 步", "2 步"]);
  expect(pluralText("fr", "fact.sessions", 0)).toBe("séance");
  expect(pluralText("tlh", "fact.sessions", 0)).toBe("sessions");
});

test("a language nobody translated is shown in English", async () => {
  await loadTexts("tlh");
  expect(text("tlh", "stage.backward")).toBe(en["stage.backward"]);
});

test("a card whose language can't be fetched is in English from the first word to the last date", async () => {
  const hass = fakeHass(HOUSEHOLDS.ordinary ?? expect.fail());
  const { es } = LANGUAGES;
  LANGUAGES.es = () => Promise.reject(new TypeError("not found"));
  const card = document.createElement("retrostep-card") as RetrostepCard;
  card.setConfig({ type: "custom:retrostep-card", layout: "tall" });
  card.hass = {
    ...hass,
    localize: () => "El plan sube.",
    locale: { ...hass.locale, language: "es" },
  };
  document.body.append(card);
  await loadTexts("es");
  await card.updateComplete;
  const text = card.shadowRoot?.textContent ?? "";
  expect(text).toContain("Last session");
  expect(text).not.toMatch(/Hacia|El plan/);
  expect(inOneLanguage(card.hass).locale.language).toBe("en");
  LANGUAGES.es = es ?? expect.fail();
  await loadTexts("es");
});

test("a card is drawn again when its language has come", async () => {
  const hass = fakeHass(HOUSEHOLDS.ordinary ?? expect.fail());
  const card = document.createElement("retrostep-card") as RetrostepCard;
  card.setConfig({ type: "custom:retrostep-card" });
  card.hass = { ...hass, locale: { ...hass.locale, language: "fr" } };
  document.body.append(card);
  await vi.waitFor(() => {
    expect(card.shadowRoot?.textContent).toContain("Dernière séance");
  });
});

test("a card waits with its first word for a language, and asks for no other", async () => {
  vi.resetModules();
  const fresh = await import("../src/localize");
  const english = vi.spyOn(fresh.LANGUAGES, "en");
  expect([fresh.hasTexts("nl"), fresh.text("nl", "backward")]).toEqual([false, "backward"]);
  await fresh.loadTexts("nl");
  expect([fresh.hasTexts("nl"), fresh.text("nl", "backward")]).toEqual([true, "Achteruit"]);
  expect(english).not.toHaveBeenCalled();
});

test("what is wrong with a configuration is said before there is any text", async () => {
  vi.resetModules();
  const { configError } = await import("../src/problems");
  expect(configError(undefined, "hide: a list")).toBe("hide: a list");
});
