import { describe, expect, it } from "vitest";
import { pastOf, type Live, type Told } from "../src/history-rows";
import { spanOf, type Period } from "../src/periods";
import type { Hour, Walker } from "../src/types";
import { walker } from "./fakes";

const NOW = new Date("2026-11-18T12:00:00Z"); // a Wednesday
const LIVE: Live = { backward: 412, forward: 500 };

const day = (date: string, backward: number, more: Partial<Told> = {}): Told => ({
  date,
  start: `${date}T00:00:00+00:00`,
  backward_steps: backward,
  forward_steps: 2 * backward,
  sessions: 1,
  ...more,
});
const goal = (value: number, met: boolean, status = "active"): Partial<Told> => ({
  goal: value,
  goal_kind: "steps",
  goal_met: met,
  goal_status: status,
});

function past(period: Period, told: Told[], more: { walker?: Walker; live?: Live; zone?: string } = {}) {
  const { zone = "UTC", live = LIVE } = more;
  const [span, before] = [0, 1].map((back) => spanOf(period, back, NOW, zone, 1));
  if (!span || !before) {
    throw new Error(period);
  }
  return pastOf({ span, before, told, walker: more.walker ?? walker(), live, then: LIVE, now: NOW, zone });
}

describe("today", () => {
  const told = [day("2026-11-16", 100), day("2026-11-17", 50), day("2026-11-18", 390)];

  it("is in a week what the card shows now, not what was told some time ago", () => {
    expect(past("week", told).backward).toEqual([100, 50, 412, 0, 0, 0, 0]);
    const later = past("week", told, { live: { backward: 420, forward: 500 } });
    expect(later.backward[2]).toBe(420);
    expect(later.total).toBe(570);
  });

  it("adds to its month in a year what has come since", () => {
    const month = { ...day("2026-11-01", 900), sessions: 12 };
    expect(past("year", [month]).backward[10]).toBe(900);
    expect(past("year", [month], { live: { backward: 420, forward: 500 } }).backward[10]).toBe(908);
  });

  it("has the hours of the wall clock, the last one up to now", () => {
    const hours: Hour[] = [7, 9, 12].map((hour) => ({
      start: `2026-11-18T${String(hour).padStart(2, "0")}:00:00Z`,
      backward: 100,
      forward: 10,
    }));
    const { backward, total } = past("day", [], { walker: walker("ann", { hours }) });
    expect([backward[7], backward[9], backward[12]]).toEqual([100, 100, 212]);
    expect(total).toBe(412);
  });

  it("keeps the hours before a day that begins at four", () => {
    const today = { date: "2026-11-18", start: "2026-11-18T04:00:00Z", zone: "UTC" };
    const hours: Hour[] = [{ start: "2026-11-18T09:00:00Z", backward: 412 }];
    const night: Told = { start: "2026-11-18T01:00:00+00:00", backward_steps: 30, forward_steps: 0 };
    const { backward } = past("day", [night], { walker: walker("ann", { hours, today }) });
    expect([backward[1], backward[9]]).toEqual([30, 412]);
  });

  it("stands at its date, whatever hour and zone it begins in", () => {
    const told_ = [{ ...day("2026-11-17", 50), start: "2026-11-16T20:00:00+00:00" }];
    expect(past("week", told_).backward.slice(0, 3)).toEqual([0, 50, 412]);
  });
});

describe("goals", () => {
  it("are those of their days, and asked for only where one was active", () => {
    const told = [day("2026-11-16", 350, goal(300, true)), day("2026-11-17", 50, goal(350, false, "rest"))];
    const shown = past("week", told);
    expect(shown.goals.slice(0, 3)).toEqual([300, undefined, 600]);
    expect(shown.met.slice(0, 3)).toEqual([true, false, false]);
    expect([shown.reached, shown.asked]).toEqual([1, 2]);
  });

  it("of today is reached with the step that reaches it", () => {
    const shown = past("week", [], { live: { backward: 600, forward: 0 } });
    expect([shown.met[2], shown.reached]).toEqual([true, 1]);
  });

  it("that count no steps are no line, and still reached", () => {
    const told = [day("2026-11-16", 350, { ...goal(3, true), goal_kind: "minutes" })];
    const shown = past("week", told);
    expect(shown.goals[0]).toBeUndefined();
    expect(shown.met[0]).toBe(true);
  });

  it("of months are counted by their days", () => {
    const shown = past("year", [{ ...day("2026-11-01", 900), goal_days: 20, goal_days_met: 12 }]);
    expect([shown.reached, shown.asked, shown.met.includes(true)]).toEqual([12, 20, false]);
  });
});

describe("the period before", () => {
  it("is compared by a day's average", () => {
    const before = ["09", "10", "11"].map((date) => day(`2026-11-${date}`, 70));
    const shown = past("week", [...before, day("2026-11-16", 88)]);
    expect(shown.before).toEqual({ total: 210, average: 30 });
    expect(shown.average).toBeCloseTo(500 / 3);
    expect(shown.backward[0]).toBe(88);
  });

  it("is not compared where nobody walked in it", () => {
    expect(past("week", [day("2026-10-01", 70)]).before).toBeUndefined();
  });
});
