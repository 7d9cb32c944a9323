import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../src/index";
import type { RetrostepHistoryCard } from "../src/history-card";
import { PERIODS, type Period } from "../src/periods";
import type { HomeAssistant } from "../src/types";
import { fakeHass, HOUSEHOLDS, NOON, withState } from "./fakes";

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

interface Question {
  service_data: { start: string; end: string; period: string; config_entry_id: string };
}

/** What the ledger would tell: the day before yesterday, and what today held a minute ago. */
const ledger = vi.fn((question: object): Promise<unknown> => {
  const { period } = (question as Question).service_data;
  const day = (date: string, backward_steps: number) => ({
    ...(period === "hour" ? {} : { date }),
    start: `${date}T00:00:00+00:00`,
    backward_steps,
    forward_steps: backward_steps,
    sessions: 2,
  });
  const periods = [day("2026-11-16", 240), day("2026-11-18", 390)];
  return Promise.resolve({ response: { periods } });
});

async function shown(
  more: Partial<HomeAssistant> = {},
  period: Period = "week",
): Promise<RetrostepHistoryCard> {
  const card = document.createElement("retrostep-history-card") as RetrostepHistoryCard;
  card.setConfig({ type: "custom:retrostep-history-card", period });
  const household = HOUSEHOLDS["ordinary"];
  if (!household) {
    throw new Error("nobody");
  }
  card.hass = fakeHass(household, { callWS: ledger as HomeAssistant["callWS"], ...more });
  document.body.append(card);
  for (let round = 0; round < 3; round += 1) {
    await settled();
    await card.updateComplete;
  }
  return card;
}

const words = (card: HTMLElement): string => (card.shadowRoot?.textContent ?? "").replace(/\s+/g, " ").trim();
const drawn = (card: HTMLElement): (string | null)[] =>
  [...(card.shadowRoot?.querySelectorAll("[style]") ?? [])].map((part) => part.getAttribute("style"));

interface Writer {
  format: unknown;
  resolvedOptions(): { locale: string };
}

/** Has every text that `Intl` writes changed, as browsers of another age write another one. */
function writing(change: (text: string, locale: string) => string): void {
  for (const prototype of [
    Intl.DateTimeFormat.prototype,
    Intl.NumberFormat.prototype,
  ] as unknown as Writer[]) {
    const write = Object.getOwnPropertyDescriptor(prototype, "format")?.get as () => (
      value: unknown,
    ) => string;
    vi.spyOn(prototype, "format", "get").mockImplementation(function (this: Writer) {
      return (value: unknown) => change(write.call(this)(value), this.resolvedOptions().locale);
    });
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
  ledger.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

describe("the history", () => {
  it("shows what the ledger holds, and today as the card does", async () => {
    const card = await shown();
    expect(words(card)).toContain("Nov 15 – 21 Ann 652 backward · 163 a day · 4 sessions");
    expect(words(card)).toContain("Monday, November 16: 240 backward, 240 forward");
    expect(words(card)).toContain("Wednesday, November 18: 412 backward, 500 forward");
    expect((ledger.mock.lastCall?.[0] as unknown as Question).service_data).toEqual({
      config_entry_id: "entry-ann",
      period: "day",
      start: "2026-11-08T00:00:00.000Z",
      end: "2026-11-22T00:00:00.000Z",
    });
  });

  it("follows each step of today without asking again, and nothing else of the house", async () => {
    const card = await shown();
    const rendered = vi.spyOn(card as unknown as { render(): unknown }, "render");
    card.hass = withState(card.hass as HomeAssistant, "sensor.ann_backward_steps_today", 414);
    await card.updateComplete;
    expect(words(card)).toContain("654 backward");
    card.hass = withState(card.hass, "sensor.ann_sitting_time", 33);
    await card.updateComplete;
    expect(rendered).toHaveBeenCalledTimes(1);
    expect(ledger).toHaveBeenCalledTimes(1);
  });

  it("draws the line of each day's goal that counts steps", async () => {
    const card = await shown();
    expect(card.shadowRoot?.querySelectorAll("i.goal")).toHaveLength(1);
    expect(words(card)).toContain("0 of 1 goals reached");
    expect(words(card)).not.toMatch(/NaN|undefined/);
  });

  it("says one session where it was one", async () => {
    const one = { date: "2026-11-10", start: "", backward_steps: 40, forward_steps: 0, sessions: 1 };
    const callWS = () => Promise.resolve({ response: { periods: [one] } } as never);
    const card = await shown({ callWS });
    const [back] = [...(card.shadowRoot?.querySelectorAll<HTMLElement>(".round") ?? [])];
    expect(words(card)).toContain("2 sessions");
    back?.click();
    await settled();
    await card.updateComplete;
    await settled();
    await card.updateComplete;
    expect(words(card)).toContain("1 session");
    expect(words(card)).not.toContain("1 sessions");
  });

  it("is drawn where en-CA writes 11/28/2026, as ICU 72 does", async () => {
    writing((text, locale) => (locale === "en-CA" ? "11/28/2026" : text));
    expect(new Intl.DateTimeFormat("en-CA").format(new Date())).toBe("11/28/2026");
    const card = await shown();
    expect(words(card)).not.toContain("Loading…");
    expect(card.shadowRoot?.querySelectorAll(".plot li")).toHaveLength(7);
  });
});

describe("texts of Intl are for people", () => {
  it.each(PERIODS)("whatever they say, the bars of a %s are the same", async (period) => {
    const zone = { config: { time_zone: "Asia/Kolkata", unit_system: { length: "km" }, components: [] } };
    const before = drawn(await shown(zone, period));
    const asked = ledger.mock.lastCall;
    writing((text) => `\u200e«${text.replace(/\d/g, "٣")}»`);
    const card = await shown(zone, period);
    expect(words(card)).toContain("«");
    expect(drawn(card)).toEqual(before);
    expect(ledger.mock.lastCall).toEqual(asked);
    expect(before.length).toBeGreaterThan(7);
  });

  it.each(Object.keys(HOUSEHOLDS))("whatever they say, the card of %s is drawn the same", async (name) => {
    const draw = async () => {
      const card = document.createElement("retrostep-card") as RetrostepHistoryCard;
      card.setConfig({ type: "custom:retrostep-card", layout: "tall" } as never);
      card.hass = fakeHass(HOUSEHOLDS[name] as (typeof HOUSEHOLDS)[string]);
      document.body.append(card);
      await settled();
      await card.updateComplete;
      return card;
    };
    const before = drawn(await draw());
    writing((text) => `\u200e«${text.replace(/\d/g, "٣")}»`);
    expect(drawn(await draw())).toEqual(before);
  });
});

describe("what goes wrong is said, and whose fault it is", () => {
  it("an error while drawing is no waiting for ever, nor Home Assistant's", async () => {
    const config = { time_zone: "Mars/Olympus", unit_system: { length: "km" }, components: [] };
    const text = words(await shown({ config }));
    expect(text).toMatch(/^Something went wrong The card couldn’t be displayed \(RangeError: .*Mars/);
    expect(text).not.toContain("Loading…");
  });

  it("any other answer is told as it is", async () => {
    const callWS = () => Promise.reject({ code: "timeout", message: "Took too long" });
    const text = words(await shown({ callWS }));
    expect(text).toContain("The history couldn’t be loaded Home Assistant reported: Took too long.");
  });

  it("rows that can't be read are the card's fault", async () => {
    const callWS = () => Promise.resolve({ response: { periods: [null] } } as never);
    const text = words(await shown({ callWS }));
    expect(text).toContain("Something went wrong");
  });
});

describe("the page for a professional", () => {
  const button = (card: HTMLElement) =>
    card.shadowRoot?.querySelector<HTMLButtonElement>('[aria-label="Page to print"]');

  it("opens at an address that Home Assistant signed for who looks", async () => {
    const opened: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      opened.push(this.getAttribute("href") ?? "");
    });
    const callWS = ((question: { type: string; path?: string }) =>
      question.type === "auth/sign_path"
        ? Promise.resolve({ path: `${question.path ?? ""}?authSig=1` })
        : ledger(question)) as HomeAssistant["callWS"];
    const card = await shown({ callWS });
    button(card)?.click();
    await settled();
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatch(/^\/api\/retrostep\/sheet\/.+\?authSig=1$/);
    expect(document.querySelector("a")).toBeNull();
  });

  it("says that it couldn't be opened", async () => {
    const callWS = ((question: { type: string }) =>
      question.type === "auth/sign_path"
        ? Promise.reject(new Error("no"))
        : ledger(question)) as HomeAssistant["callWS"];
    const card = await shown({ callWS });
    button(card)?.click();
    await settled();
    await (card as RetrostepHistoryCard).updateComplete;
    expect(words(card)).toContain("The page couldn’t be opened.");
  });
});
