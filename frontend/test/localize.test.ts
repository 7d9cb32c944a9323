import { expect, test, vi } from "vitest";
import "../src/index";
import type { RetrostepCard } from "../src/card";
import { LANGUAGES, loadTexts, text } from "../src/localize";
import en from "../src/translations/en.json";
import { fakeHass, HOUSEHOLDS } from "./fakes";

const english = en as Record<string, string>;
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

test.each(Object.keys(LANGUAGES))("%s fills in what English fills in", async (language) => {
  const texts = (await LANGUAGES[language]?.())?.default as Record<string, string> | undefined;
  for (const [key, text] of Object.entries(texts ?? {})) {
    expect(placeholders(text), key).toEqual(placeholders(english[key] ?? "no such text"));
  }
});

test.each(Object.keys(LANGUAGES))("%s has exactly the texts of English", async (language) => {
  const texts = (await LANGUAGES[language]?.())?.default;
  expect(Object.keys(texts ?? {}).sort()).toEqual(Object.keys(english).sort());
});

test("a region is shown in its language", async () => {
  await loadTexts("de-AT");
  expect(text("de-AT", "backward")).toBe("Rückwärts");
  expect(text("de-AT", "of_goal", { goal: "8" })).toBe("von 8");
});

test("a language nobody translated is shown in English", async () => {
  await loadTexts("tlh");
  expect(text("tlh", "stage.backward")).toBe(en["stage.backward"]);
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
