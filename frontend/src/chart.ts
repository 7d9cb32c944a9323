/** Geometry of bars: heights as shares of the tallest thing drawn. */

import type { Day } from "./types";

export interface DayBar {
  day: Day;
  /** 0 to 1. */
  height: number;
  /** Where the day's own goal line is, 0 to 1; undefined on days without a goal. */
  goal: number | undefined;
  /** The day went further than its bar can: the bar is cut. */
  cut: boolean;
  outcome: "met" | "missed" | "paused" | "rest" | "none";
}

/** How far a bar reaches beyond what is usual: one day out of scale must not flatten all others. */
const REACH = 1.5;

/** Gives the value in the middle of what is more than nothing; 0 if nothing is. */
function median(values: number[]): number {
  const sorted = values.filter((value) => value > 0).sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/**
 * Gives a bar per day. Days whose goals are of one kind share one scale, so that a grown goal is a higher
 * line; where kinds differ nothing but the share of the goal can be compared, and all lines are level.
 */
export function dayBars(days: Day[], isToday: (day: Day) => boolean): DayBar[] {
  const kinds = new Set(days.flatMap((day) => (day.goal ? [day.goal.kind] : [])));
  const value = (day: Day): { done: number; goal: number | undefined } => {
    if (kinds.size === 0) {
      return { done: day.backward, goal: undefined };
    }
    if (kinds.size > 1) {
      return day.goal ? { done: day.goal.done / day.goal.value, goal: 1 } : { done: 0, goal: undefined };
    }
    const kind = [...kinds][0] ?? "steps";
    return { done: day.goal ? done(day, kind) : measured(day, kind), goal: day.goal?.value };
  };
  const values = days.map(value);
  const walked = values.map((bar) => bar.done);
  const goals = values.map((bar) => bar.goal ?? 0);
  const most = REACH * Math.max(median(walked), ...goals);
  const top = Math.max(1e-9, Math.min(Math.max(...walked), most), ...goals);
  return days.map((day, index) => {
    const bar = values[index] ?? { done: 0, goal: undefined };
    return {
      day,
      height: Math.min(bar.done / top, 1),
      cut: bar.done > top,
      goal: bar.goal === undefined ? undefined : bar.goal / top,
      outcome: outcomeOf(day, isToday(day)),
    };
  });
}

/** What was done; of steps what is seen live. */
function done(day: Day, kind: string): number {
  return kind === "steps" ? Math.max(day.backward, day.goal?.done ?? 0) : (day.goal?.done ?? 0);
}

function measured(day: Day, kind: string): number {
  switch (kind) {
    case "minutes":
      return (day.walking_s ?? 0) / 60;
    case "metres":
      return day.distance_m ?? 0;
    case "sessions":
      return day.sessions ?? 0;
    default:
      return day.backward;
  }
}

function outcomeOf(day: Day, isToday: boolean): DayBar["outcome"] {
  if (!day.goal) {
    return "none";
  }
  if (day.goal.met || (day.goal.kind === "steps" && day.backward >= day.goal.value)) {
    return "met";
  }
  if (day.goal.status !== "active") {
    return day.goal.status;
  }
  return isToday ? "none" : "missed";
}

export interface RingArcs {
  /** Share of the first round, 0 to 1. */
  first: number;
  /** Share of the round on top of it; 0 up to 100 %. */
  second: number;
}

/** Gives how far the ring is drawn: a second round lies over the first one, a third is not told apart. */
export function ringArcs(progress: number): RingArcs {
  const first = Math.min(Math.max(progress, 0), 1);
  return { first, second: progress > 1 ? Math.min(progress - 1, 1) : 0 };
}
