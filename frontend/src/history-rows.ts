/** What a walker's history shows: the past as the ledger holds it, today as the entities tell it. No DOM, no clock. */

import { toNumber } from "./model";
import { daysBegun, begins, slotAt, startOfDate, type Span } from "./periods";
import type { DayGoal, HomeAssistant, Walker } from "./types";

/** An hour, day or month as `retrostep.get_history` tells it; days have goals of their own, months how many. */
export interface Told {
  date?: string;
  start: string;
  backward_steps: number;
  forward_steps: number;
  sessions?: number | null;
  goal?: number | null;
  goal_kind?: string | null;
  goal_met?: boolean | null;
  goal_status?: string | null;
  goal_days?: number;
  goal_days_met?: number;
}

/** Steps of today as they are seen now. */
export interface Live {
  backward: number;
  forward: number;
}

interface Row extends Live {
  start: number;
  sessions: number;
  /** The goal of a day, if it counts steps. */
  goal?: number | undefined;
  /** Days that asked for something, and those on which it was done. */
  asked: number;
  met: number;
}

/** What is shown of a span, slot by slot. */
export interface Past {
  span: Span;
  backward: number[];
  forward: number[];
  goals: (number | undefined)[];
  met: boolean[];
  total: number;
  sessions: number;
  asked: number;
  reached: number;
  /** Backward steps of a day, over the days that have begun. */
  average: number;
  /** The same of the span before; undefined if nobody walked in it. */
  before: { total: number; average: number } | undefined;
}

/** Gives the entities whose states a history shows. */
export function liveEntities(walker: Walker): (string | undefined)[] {
  return ["backward", "forward"].map((way) => walker.entities[`sensor.${way}_steps_today`]);
}

/** Gives today's steps by the entities, as the card shows them; by what was told last where there are none. */
export function liveOf(hass: HomeAssistant, walker: Walker): Live {
  const [backward, forward] = liveEntities(walker).map((id) => toNumber(hass.states[id ?? ""]?.state));
  const today = walker.days?.at(-1);
  return { backward: backward ?? today?.backward ?? 0, forward: forward ?? today?.forward ?? 0 };
}

/** What is known when a history is put together; `then`: today's steps when `told` was told. */
export interface Known {
  span: Span;
  before: Span;
  told: Told[];
  walker: Walker;
  live: Live;
  then: Live;
  now: Date;
  zone: string;
}

/** Puts together what is shown of a span. */
export function pastOf(known: Known): Past {
  const { span, before, walker, now, zone } = known;
  const rows = withToday(
    known,
    known.told.map((told) => rowOf(told, zone)),
  );
  const zeros = () => span.slots.map(() => 0);
  const past: Past = {
    span,
    backward: zeros(),
    forward: zeros(),
    goals: span.slots.map(() => undefined),
    met: span.slots.map(() => false),
    total: 0,
    sessions: 0,
    asked: 0,
    reached: 0,
    average: 0,
    before: undefined,
  };
  let earlier = 0;
  for (const row of rows) {
    const at = slotAt(span, row.start);
    if (at < 0) {
      earlier += slotAt(before, row.start) < 0 ? 0 : row.backward;
      continue;
    }
    past.backward[at] = Math.max(0, (past.backward[at] ?? 0) + row.backward);
    past.forward[at] = Math.max(0, (past.forward[at] ?? 0) + row.forward);
    past.goals[at] = row.goal;
    past.met[at] = span.slot === "day" && row.met > 0;
    past.sessions += row.sessions;
    past.asked += row.asked;
    past.reached += row.met;
  }
  past.total = past.backward.reduce((sum, steps) => sum + steps, 0);
  const first = begins(span, past.backward, walker.since, zone);
  past.average = past.total / daysBegun(span, now, first);
  if (earlier > 0) {
    const days = daysBegun(before, now, begins(before, [], walker.since, zone));
    past.before = { total: earlier, average: earlier / days };
  }
  return past;
}

function rowOf(told: Told, zone: string): Row {
  return {
    // A day may begin at another hour than midnight, and in another zone: it stands at its date.
    start: told.date ? startOfDate(told.date, zone).getTime() : Date.parse(told.start),
    backward: told.backward_steps,
    forward: told.forward_steps,
    sessions: told.sessions ?? 0,
    ...goalOf(
      told.goal
        ? { kind: told.goal_kind, value: told.goal, met: told.goal_met, status: told.goal_status }
        : null,
    ),
    ...(told.goal_days ? { asked: told.goal_days, met: told.goal_days_met ?? 0 } : {}),
  };
}

type Goal = { [Key in "kind" | "met" | "status"]?: DayGoal[Key] | string | boolean | null | undefined } & {
  value: number;
};

/** Rest days and paused ones ask for nothing. */
function goalOf(goal: Goal | null): Pick<Row, "goal" | "asked" | "met"> {
  const asks = goal?.status === "active" || goal?.met;
  return {
    goal: goal?.kind === "steps" && asks ? goal.value : undefined,
    asked: asks ? 1 : 0,
    met: goal?.met ? 1 : 0,
  };
}

/** Has today as it is seen now stand in for what was told of it. */
function withToday({ span, walker, live, then, now, zone }: Known, rows: Row[]): Row[] {
  const { today, hours = [], days = [] } = walker;
  const nothing = { sessions: 0, asked: 0, met: 0 };
  if (!today) {
    return rows;
  }
  const date = startOfDate(today.date, zone).getTime();
  if (span.slot === "month") {
    const since = { backward: live.backward - then.backward, forward: live.forward - then.forward };
    return [...rows, { start: date, ...since, ...nothing }];
  }
  const day = days.at(-1);
  const sessions = day?.sessions ?? 0;
  if (span.slot === "day") {
    const goal = goalOf(day?.goal ?? null);
    const met = goal.met || (goal.goal !== undefined && live.backward >= goal.goal) ? 1 : 0;
    return [...rows.filter(({ start }) => start < date), { start: date, ...live, sessions, ...goal, met }];
  }
  const begun = Date.parse(today.start);
  const sum = (way: keyof Live) => hours.reduce((total, hour) => total + (hour[way] ?? 0), 0);
  const since = { backward: live.backward - sum("backward"), forward: live.forward - sum("forward") };
  return [
    ...rows.filter(({ start }) => start < begun),
    ...hours.map((hour) => ({
      ...nothing,
      start: Date.parse(hour.start),
      backward: hour.backward,
      forward: hour.forward ?? 0,
    })),
    { ...nothing, start: now.getTime(), ...since, sessions },
  ];
}
