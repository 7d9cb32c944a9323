/** Calendar of the history: hours of a day, days of a week or month, months of a year. No DOM, no clock. */

import { getWeekStartByLocale } from "weekstart";
import { partsOf } from "./moments";

export type Period = "day" | "week" | "month" | "year";
export const PERIODS: readonly Period[] = ["day", "week", "month", "year"];

export interface Span {
  start: Date;
  end: Date;
  /** Starts of the hours, days or months in it. */
  slots: Date[];
  /** How long a slot is. */
  slot: "hour" | "day" | "month";
}

interface CalendarDate {
  year: number;
  month: number;
  day: number;
}

interface WeekInfo {
  /** 1: Monday to 7: Sunday. */
  firstDay: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONDAY = 1;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Gives what calendar and clock of a time zone show at a moment. */
function wallClock(moment: Date, zone: string): ReturnType<typeof partsOf> {
  const format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return partsOf(format, moment);
}

/** Gives the date a moment has in a time zone. */
function dateIn(moment: Date, zone: string): CalendarDate {
  const { year = 1970, month = 1, day = 1 } = wallClock(moment, zone);
  return { year, month, day };
}

/** Gives the moment a date begins in a time zone. */
function startOf({ year, month, day }: CalendarDate, zone: string): Date {
  const wanted = Date.UTC(year, month - 1, day);
  let guess = wanted;
  // Twice, as the first guess may lie on the other side of a change of the clocks.
  for (let round = 0; round < 2; round += 1) {
    guess = wanted - offset(new Date(guess), zone);
  }
  return new Date(guess);
}

/** Gives the moment a date (YYYY-MM-DD) begins in a time zone. */
export function startOfDate(date: string, zone: string): Date {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  return startOf({ year, month, day }, zone);
}

/** Gives how far a zone's clock is ahead of UTC at a moment, in milliseconds. */
function offset(moment: Date, zone: string): number {
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = wallClock(moment, zone);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(moment.getTime() / 1000) * 1000;
}

/** Moves a date by days and months; what overflows carries over. */
function moved({ year, month, day }: CalendarDate, days: number, months = 0): CalendarDate {
  const date = new Date(Date.UTC(year, month - 1 + months, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/**
 * Gives the number of the first day of the week (0: Sunday) by the user's setting, as Home Assistant's
 * frontend does: by default the language's, and Monday for a setting it does not know.
 */
export function firstWeekday(setting: string | undefined, language: string): number {
  if (setting === undefined || setting === "language") {
    return firstWeekdayOf(language);
  }
  const chosen = WEEKDAYS.indexOf(setting);
  return chosen < 0 ? MONDAY : chosen;
}

/** Browsers have it as a property, as a method or not at all, by their age. */
function firstWeekdayOf(language: string): number {
  const locale = new Intl.Locale(language) as Intl.Locale & { weekInfo?: WeekInfo; getWeekInfo?(): WeekInfo };
  const info = locale.weekInfo ?? locale.getWeekInfo?.();
  return (info?.firstDay ?? getWeekStartByLocale(language)) % 7;
}

/** Gives the period so many steps before the one of now. */
export function spanOf(period: Period, back: number, now: Date, zone: string, weekStart: number): Span {
  const today = dateIn(now, zone);
  const at = (date: CalendarDate) => startOf(date, zone);
  if (period === "day") {
    const [start, end] = [at(moved(today, -back)), at(moved(today, 1 - back))];
    const count = Math.round((end.getTime() - start.getTime()) / HOUR_MS);
    const slots = Array.from({ length: count }, (_, hour) => new Date(start.getTime() + hour * HOUR_MS));
    return { start, end, slots, slot: "hour" };
  }
  let first: CalendarDate;
  let end: CalendarDate;
  if (period === "week") {
    const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
    first = moved(today, -((weekday - weekStart + 7) % 7) - 7 * back);
    end = moved(first, 7);
  } else if (period === "month") {
    first = moved({ ...today, day: 1 }, 0, -back);
    end = moved(first, 0, 1);
  } else {
    first = { year: today.year - back, month: 1, day: 1 };
    end = { year: today.year - back + 1, month: 1, day: 1 };
  }
  const monthly = period === "year";
  const slots: Date[] = [];
  for (let date = first; at(date) < at(end); date = monthly ? moved(date, 0, 1) : moved(date, 1)) {
    slots.push(at(date));
  }
  return { start: at(first), end: at(end), slots, slot: monthly ? "month" : "day" };
}

/** Gives how many days of a span have begun. */
export function daysBegun(span: Span, now: Date, first = span.start): number {
  const until = Math.min(span.end.getTime(), now.getTime());
  const from = Math.max(span.start.getTime(), first.getTime());
  return Math.max(1, Math.ceil((until - from) / DAY_MS));
}

/** Gives when a walker begins: the day `since`, or the slot of the first steps if they are older. */
export function begins(span: Span, sums: number[], since: string | undefined, zone: string): Date {
  const day = startOfDate(since ?? "1970-01-01", zone);
  const index = span.slots.findIndex((_, slot) => (sums[slot] ?? 0) > 0 || day < slotEnd(span, slot));
  const begun = span.slots[index] ?? span.start;
  return index >= 0 && day > begun && day < slotEnd(span, index) ? day : begun;
}

function slotEnd(span: Span, index: number): Date {
  return span.slots[index + 1] ?? span.end;
}

/** Gives the slot a moment lies in; -1: none. */
export function slotAt(span: Span, moment: number): number {
  // Slots follow each other: the last one begun is the one before the first that is yet to begin.
  const following = span.slots.findIndex((slot) => slot.getTime() > moment);
  return moment < span.end.getTime() ? (following < 0 ? span.slots.length : following) - 1 : -1;
}
