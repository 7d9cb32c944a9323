import { afterEach, describe, expect, it, vi } from "vitest";
import { begins as firstOf, daysBegun, firstWeekday, slotAt, spanOf } from "../src/periods";

const NOW = new Date("2026-11-18T12:00:00Z"); // a Wednesday
const iso = (date: Date | undefined) => date?.toISOString();

describe("spans", () => {
  it("a day has the hours of its zone, 25 of them where the clocks go back", () => {
    const span = spanOf("day", 24, NOW, "Europe/Berlin", 1);
    expect(iso(span.start)).toBe("2026-10-24T22:00:00.000Z");
    expect(iso(span.end)).toBe("2026-10-25T23:00:00.000Z");
    expect(span.slots).toHaveLength(25);
  });

  it("a week begins on the user's first weekday", () => {
    expect(iso(spanOf("week", 0, NOW, "UTC", 1).start)).toBe("2026-11-16T00:00:00.000Z");
    expect(iso(spanOf("week", 0, NOW, "UTC", 0).start)).toBe("2026-11-15T00:00:00.000Z");
    expect(iso(spanOf("week", 1, NOW, "UTC", 1).start)).toBe("2026-11-09T00:00:00.000Z");
  });

  it("a month has its own number of days, over the turn of a year too", () => {
    expect(spanOf("month", 0, NOW, "UTC", 1).slots).toHaveLength(30);
    const december = spanOf("month", 11, NOW, "America/New_York", 1);
    expect(iso(december.start)).toBe("2025-12-01T05:00:00.000Z");
    expect(december.slots).toHaveLength(31);
  });

  it("a year has twelve months", () => {
    const span = spanOf("year", 1, NOW, "Asia/Kolkata", 1);
    expect(span.slot).toBe("month");
    expect(span.slots.map(iso).slice(0, 2)).toEqual(["2024-12-31T18:30:00.000Z", "2025-01-31T18:30:00.000Z"]);
    expect(span.slots).toHaveLength(12);
  });

  it("counts the days that have begun for an average", () => {
    expect(daysBegun(spanOf("week", 0, NOW, "UTC", 1), NOW)).toBe(3);
    expect(daysBegun(spanOf("week", 1, NOW, "UTC", 1), NOW)).toBe(7);
  });

  it("counts no day before a walker began, unless there were steps", () => {
    const span = spanOf("week", 1, NOW, "Asia/Kolkata", 1);
    const begins = (sums: number[], since?: string) =>
      daysBegun(span, NOW, firstOf(span, sums, since, "Asia/Kolkata"));
    const dateOf = (slot: Date | undefined) =>
      new Intl.DateTimeFormat("sv", { timeZone: "Asia/Kolkata" }).format(slot);
    expect(begins([], dateOf(span.slots[4]))).toBe(3);
    expect(begins([0, 0, 0, 8], dateOf(span.slots[4]))).toBe(4);
    expect(begins([], "2000-01-01")).toBe(7);
    expect(begins([])).toBe(7);
    expect(begins([], "2999-01-01")).toBe(7);
    const year = spanOf("year", 0, NOW, "UTC", 1);
    expect(daysBegun(year, NOW, firstOf(year, [], "2026-11-11", "UTC"))).toBe(8);
  });
});

describe("a moment", () => {
  it("lies in the slot that has begun; what is outside lies in none", () => {
    const span = spanOf("day", 0, NOW, "Asia/Kolkata", 1);
    const at = (text: string) => slotAt(span, Date.parse(text));
    expect(at("2026-11-17T18:29:59Z")).toBe(-1);
    expect(at("2026-11-17T18:30:00Z")).toBe(0);
    expect(at("2026-11-17T19:30:00Z")).toBe(1);
    expect(at("2026-11-18T18:29:59Z")).toBe(23);
    expect(at("2026-11-18T18:30:00Z")).toBe(-1);
  });
});

describe("the first weekday", () => {
  /** Has browsers of another age know another way to a language's week. */
  function knowing(property: "weekInfo" | "getWeekInfo" | "neither", firstDay: number): void {
    const info = { firstDay };
    vi.stubGlobal("Intl", {
      ...Intl,
      Locale: class {
        weekInfo = property === "weekInfo" ? info : undefined;
        getWeekInfo = property === "getWeekInfo" ? () => info : undefined;
      },
    });
  }
  afterEach(() => void vi.unstubAllGlobals());

  it.each(["weekInfo", "getWeekInfo"] as const)("is the language's, read from %s", (property) => {
    knowing(property, 7);
    expect(firstWeekday("language", "de")).toBe(0);
    knowing(property, 6);
    expect(firstWeekday("language", "de")).toBe(6);
  });

  it.each([
    ["en", 0],
    ["en-GB", 1],
    ["de", 1],
    ["pt-BR", 0],
    ["zh-Hans", 1],
    ["fa", 6],
  ])("is the language's in browsers that know neither: %s", (language, first) => {
    knowing("neither", 0);
    expect(firstWeekday("language", language)).toBe(first);
  });

  it("is Sunday in English, with what this machine knows and with nothing set", () => {
    expect(firstWeekday("language", "en")).toBe(0);
    expect(firstWeekday(undefined, "en")).toBe(0);
    expect(firstWeekday("language", "de")).toBe(1);
  });

  it("is the one that is set; Monday where the setting is none, as in Home Assistant", () => {
    expect(firstWeekday("saturday", "en")).toBe(6);
    expect(firstWeekday("sunday", "de")).toBe(0);
    expect(firstWeekday("someday", "en")).toBe(1);
  });
});
