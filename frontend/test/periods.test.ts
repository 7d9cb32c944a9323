import { afterEach, describe, expect, it, vi } from "vitest";
import { daysBegun, firstSlot, firstWeekday, intoSlots, spanOf, withToday } from "../src/periods";
import type { Period, Span } from "../src/periods";

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
      daysBegun(span, NOW, firstSlot(span, sums, since, "Asia/Kolkata"));
    const dateOf = (slot: Date | undefined) =>
      new Intl.DateTimeFormat("sv", { timeZone: "Asia/Kolkata" }).format(slot);
    expect(begins([], dateOf(span.slots[4]))).toBe(3);
    expect(begins([0, 0, 0, 8], dateOf(span.slots[4]))).toBe(4);
    expect(begins([], "2000-01-01")).toBe(7);
    expect(begins([])).toBe(7);
    expect(begins([], "2999-01-01")).toBe(7);
  });
});

describe("rows", () => {
  it("go into the slot they begin in; what lies outside is left out", () => {
    const span = spanOf("day", 0, NOW, "Asia/Kolkata", 1);
    const at = (text: string) => Date.parse(text);
    const sums = intoSlots(span, [
      { start: at("2026-11-17T18:00:00Z"), change: 100 }, // half of this UTC hour is yesterday
      { start: at("2026-11-17T19:00:00Z"), change: 7 },
      { start: at("2026-11-18T19:00:00Z"), change: 100 },
      { start: at("2026-11-18T03:00:00Z"), change: null },
    ]);
    expect(sums[0]).toBe(7);
    expect(sums.reduce((sum, value) => sum + value)).toBe(7);
  });

  it("that statistics do not hold yet are taken from today's hours, in its hour, its day and its month", () => {
    const hours = Array.from({ length: 24 }, (_, hour) => ({
      start: `2026-11-18T${String(hour).padStart(2, "0")}:00:00Z`,
      backward: { 8: 30, 9: 12 }[hour] ?? 0,
    }));
    const shown = (period: Period, sums: (span: Span) => number[]) => {
      const span = spanOf(period, 0, NOW, "UTC", 1);
      return withToday(span, sums(span), hours, "backward").filter((sum) => sum > 0);
    };
    const nothing = (span: Span) => span.slots.map(() => 0);
    expect(shown("day", nothing)).toEqual([30, 12]);
    expect(shown("day", (span) => span.slots.map((_, hour) => (hour === 8 ? 28 : 0)))).toEqual([30, 12]);
    expect(shown("week", nothing)).toEqual([42]);
    expect(shown("month", nothing)).toEqual([42]);
    expect(shown("year", (span) => span.slots.map((_, month) => (month === 10 ? 900 : 0)))).toEqual([900]);
  });

  it("that an hour of UTC shares between two hours of the wall clock are in the hour they were walked", () => {
    // 14:10 in Kolkata; statistics have it in the hour of UTC that begins there at 13:30.
    const walked = Date.parse("2026-11-18T08:00:00Z");
    const midnight = Date.parse("2026-11-17T18:30:00Z");
    const hours = Array.from({ length: 24 }, (_, hour) => ({
      start: new Date(midnight + hour * 3_600_000).toISOString(),
      backward: hour === 14 ? 100 : 0,
    }));
    const span = spanOf("day", 0, NOW, "Asia/Kolkata", 1);
    const sums = intoSlots(span, [{ start: walked, change: 100 }]);
    expect(sums[13]).toBe(100);
    const shown = withToday(span, sums, hours, "backward");
    expect([shown[13], shown[14]]).toEqual([0, 100]);
    expect(shown.reduce((sum, value) => sum + value)).toBe(100);
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
