import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../src/index";
import type { RetrostepHistoryCard } from "../src/history-card";
import { PERIODS, type Period } from "../src/periods";
import type { HomeAssistant } from "../src/types";
import { fakeHass, HOUSEHOLDS, NOON } from "./fakes";

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

interface Question {
  start_time: string;
  end_time: string;
  statistic_ids: string[];
}

/** What the recorder would tell: one row, of the day before yesterday. */
const recorder = vi.fn((question: object): Promise<unknown> => {
  const { statistic_ids } = question as Question;
  const row = { start: NOON - 2 * 86_400_000, change: 240 };
  return Promise.resolve(Object.fromEntries(statistic_ids.map((id) => [id, [row]])));
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
  card.hass = fakeHass(household, { callWS: recorder as HomeAssistant["callWS"], ...more });
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
  recorder.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

describe("the history", () => {
  it("shows what the recorder holds and what today already has", async () => {
    const text = words(await shown());
    expect(text).toContain("Nov 15 – 21 Ann 652 backward");
    expect(text).toContain("Monday, November 16: 240 backward, 240 forward");
    expect(text).toContain("Wednesday, November 18: 412 backward");
    expect(recorder).toHaveBeenCalledWith(
      expect.objectContaining({ start_time: "2026-11-15T00:00:00.000Z", period: "day" }),
    );
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
    const asked = recorder.mock.lastCall;
    writing((text) => `\u200e«${text.replace(/\d/g, "٣")}»`);
    const card = await shown(zone, period);
    expect(words(card)).toContain("«");
    expect(drawn(card)).toEqual(before);
    expect(recorder.mock.lastCall).toEqual(asked);
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
  it("an error while drawing is no waiting for ever, nor the recorder's", async () => {
    const config = { time_zone: "Mars/Olympus", unit_system: { length: "km" }, components: [] };
    const text = words(await shown({ config }));
    expect(text).toMatch(/^Something went wrong The card couldn’t be displayed \(RangeError: .*Mars/);
    expect(text).not.toContain("Loading…");
  });

  it("a recorder that is off", async () => {
    const callWS = () =>
      Promise.reject(Object.assign(new Error("Unknown command."), { code: "unknown_command" }));
    expect(words(await shown({ callWS }))).toContain("recorder, which is not running");
  });

  it("any other answer is told as it is", async () => {
    const callWS = () => Promise.reject({ code: "timeout", message: "Took too long" });
    const text = words(await shown({ callWS }));
    expect(text).toContain("The history couldn’t be loaded Home Assistant reported: Took too long.");
    expect(text).not.toContain("recorder");
  });

  it("rows that can't be read are the card's fault", async () => {
    const callWS = () => Promise.resolve({ "retrostep:ann_backward_steps": [null] } as never);
    const text = words(await shown({ callWS }));
    expect(text).toContain("Something went wrong");
    expect(text).not.toContain("recorder");
  });
});
