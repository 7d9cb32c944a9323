/** What a walker's card shows, worked out of entity states and what the integration told. No DOM, no clock. */

import type {
  Day,
  DayGoal,
  GoalKind,
  GuidedResult,
  HassEntity,
  HomeAssistant,
  LastSession,
  Walker,
} from "./types";

export type Status = "ok" | "not_loaded" | "waiting" | "disabled";
export type Hint = "no_pod" | "pod_away" | "pod_saves" | "first_day";

export interface Goal {
  kind: GoalKind;
  value: number;
  done: number;
  /** Share done; may be more than 1. */
  progress: number;
  met: boolean;
  status: DayGoal["status"];
  /** Why the goal is what it is, in the house's language. */
  explanation: string | undefined;
}

export interface Sitting {
  state: string;
  /** Time sat goes on. */
  counts: boolean;
  reason: string | undefined;
  minutes: number | undefined;
  thresholdMinutes: number;
  nextReminder: Date | undefined;
  snoozedUntil: Date | undefined;
  snooze: string | undefined;
}

export interface Guided {
  stage: string;
  next: string | undefined;
  nextTarget: number | undefined;
  nextUnit: string | undefined;
  number: number | undefined;
  of: number | undefined;
  direction: string | undefined;
  waiting: string | undefined;
  endsAt: Date | undefined;
  remaining: number | undefined;
  unit: string | undefined;
  /** Share of the stage that is done. */
  progress: number;
  beatsPerMinute: number | undefined;
  stop: string | undefined;
}

export interface WalkerModel {
  walker: Walker;
  status: Status;
  steps: number;
  forward: number | undefined;
  /** The entity of today's distance, which Home Assistant writes as its user likes it. */
  distance: HassEntity | undefined;
  walkingS: number | undefined;
  sessions: number | undefined;
  goal: Goal | undefined;
  streak: number | undefined;
  bestStreak: number | undefined;
  walkingBackward: boolean;
  cadence: number | undefined;
  days: Day[];
  sitting: Sitting | undefined;
  guided: Guided | undefined;
  /** Whether a session can be started; "no_pod": not before there is a pod. */
  startSession: "ready" | "no_pod" | undefined;
  last: LastSession | undefined;
  hint: Hint | undefined;
}

const SITTING_THRESHOLD_MIN = 45;
/** In these states time sat goes on; it is counted on from what was told last, until that is told anew. */
const COUNTING = new Set(["sitting", "due", "snoozed"]);
/** So often at least the integration tells the time sat while it grows (`SITTING_STEP_MIN`). */
const TOLD_EVERY_S = 5 * 60;
const SECONDS_PER_UNIT: Record<string, number> = { s: 1, min: 60, h: 3600, d: 86_400, ms: 0.001 };

/** Reads a walker's entities by "platform.key". */
class Reader {
  constructor(
    private hass: HomeAssistant,
    private walker: Walker,
  ) {}

  state(key: string): HassEntity | undefined {
    const id = this.id(key);
    const state = id ? this.hass.states[id] : undefined;
    return state && state.state !== "unavailable" && state.state !== "unknown" ? state : undefined;
  }

  /** Id of an entity that can be used now; a button that was never pressed is "unknown" and can. */
  usable(key: string): string | undefined {
    const id = this.id(key);
    return id && this.hass.states[id] && this.hass.states[id].state !== "unavailable" ? id : undefined;
  }

  id(key: string): string | undefined {
    return this.walker.entities[key];
  }

  number(key: string): number | undefined {
    return toNumber(this.state(key)?.state);
  }

  seconds(key: string): number | undefined {
    const value = this.number(key);
    const unit = String(this.state(key)?.attributes["unit_of_measurement"] ?? "");
    return value === undefined ? undefined : value * (SECONDS_PER_UNIT[unit] ?? 60);
  }

  /** Seconds since an entity told its value, at most as many as it may take to tell the next one. */
  since(key: string, now: Date): number {
    const told = toDate(this.state(key)?.last_updated);
    return told ? Math.min(Math.max((now.getTime() - told.getTime()) / 1000, 0), TOLD_EVERY_S) : 0;
  }

  isOn(key: string): boolean {
    return this.state(key)?.state === "on";
  }

  attribute(key: string, name: string): unknown {
    return this.state(key)?.attributes[name];
  }
}

/** Gives a finite number out of a state or attribute. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) {
    return undefined;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function toText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Gives a moment out of an ISO text or epoch seconds. */
function toDate(value: unknown): Date | undefined {
  const date = typeof value === "number" ? new Date(value * 1000) : new Date(toText(value) ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Works out what a walker's card shows. */
export function walkerModel(hass: HomeAssistant, walker: Walker, now: Date): WalkerModel {
  const read = new Reader(hass, walker);
  const days = walker.days ?? [];
  const today = days.at(-1);
  const steps = read.number("sensor.backward_steps_today");
  const forward = read.number("sensor.forward_steps_today");
  const status = statusOf(walker, hass, steps);
  return {
    walker,
    status,
    steps: steps ?? 0,
    forward,
    distance: read.state("sensor.backward_distance_today"),
    walkingS: read.seconds("sensor.backward_minutes_today"),
    sessions: read.number("sensor.sessions_today"),
    goal: goalOf(read, today?.goal ?? undefined, steps ?? 0),
    streak: read.number("sensor.goal_streak"),
    bestStreak: read.number("sensor.best_streak"),
    walkingBackward: read.isOn("binary_sensor.walking_backward"),
    cadence: read.number("sensor.cadence"),
    days: days.map((day) => (day === today ? { ...day, backward: steps ?? day.backward } : day)),
    sitting: sittingOf(read, now),
    guided: guidedOf(read, hass, walker),
    startSession: startOf(read, walker),
    last: walker.last_session ?? undefined,
    hint: status === "ok" ? hintOf(hass, walker, steps ?? 0) : undefined,
  };
}

/** Gives all entity ids whose states the card of a walker shows. */
export function shownEntities(walker: Walker): string[] {
  return [...Object.values(walker.entities), ...walker.pods.flatMap((pod) => Object.values(pod.entities))];
}

function statusOf(walker: Walker, hass: HomeAssistant, steps: number | undefined): Status {
  if (!walker.loaded) {
    return "not_loaded";
  }
  const id = walker.entities["sensor.backward_steps_today"];
  if (!id) {
    return "disabled";
  }
  return steps === undefined || !hass.states[id] ? "waiting" : "ok";
}

/** Gives today's goal, of steps with every stride, else as often as its entity changes. */
function goalOf(read: Reader, kept: DayGoal | undefined, steps: number): Goal | undefined {
  const key = "sensor.daily_goal_progress";
  const kind = (toText(read.attribute(key, "kind")) as GoalKind | undefined) ?? kept?.kind;
  const value = toNumber(read.attribute(key, "goal")) ?? kept?.value;
  if (!kind || !value) {
    return undefined;
  }
  const told = toNumber(read.attribute(key, "done")) ?? kept?.done ?? 0;
  const done = kind === "steps" ? Math.max(steps, 0) : told;
  const paused = read.attribute(key, "paused") === true || kept?.status === "paused";
  const rest = read.attribute(key, "rest_day") === true || kept?.status === "rest";
  return {
    kind,
    value,
    done,
    progress: done / value,
    met: done >= value || read.isOn("binary_sensor.goal_reached"),
    status: paused ? "paused" : rest ? "rest" : "active",
    explanation: toText(read.attribute(key, "explanation")),
  };
}

function sittingOf(read: Reader, now: Date): Sitting | undefined {
  const state = read.state("sensor.sitting_state");
  if (!state) {
    return undefined;
  }
  const counts = COUNTING.has(state.state);
  const told = read.seconds("sensor.sitting_time");
  const seconds = told === undefined || !counts ? told : told + read.since("sensor.sitting_time", now);
  const threshold = toNumber(state.attributes["remind_after_min"]);
  return {
    state: state.state,
    counts,
    reason: toText(state.attributes["reason"]),
    minutes: seconds === undefined ? undefined : Math.floor(Math.round(seconds) / 60),
    thresholdMinutes: threshold || SITTING_THRESHOLD_MIN,
    nextReminder: toDate(state.attributes["next_reminder"]),
    snoozedUntil: toDate(state.attributes["snoozed_until"]),
    snooze: read.usable("button.snooze"),
  };
}

function startOf(read: Reader, walker: Walker): WalkerModel["startSession"] {
  if (!read.id("button.start_session")) {
    return undefined;
  }
  return walker.pods.length === 0 ? "no_pod" : read.usable("button.start_session") ? "ready" : undefined;
}

function guidedOf(read: Reader, hass: HomeAssistant, walker: Walker): Guided | undefined {
  const state = read.state("sensor.guided_session_stage");
  if (!state || state.state === "idle") {
    return undefined;
  }
  const attribute = (name: string) => state.attributes[name];
  const progress = toNumber(attribute("progress")) ?? 0;
  return {
    stage: state.state,
    next: toText(attribute("next_stage")),
    nextTarget: toNumber(attribute("next_target")),
    nextUnit: toText(attribute("next_unit")),
    number: toNumber(attribute("number")),
    of: toNumber(attribute("of")),
    direction: toText(attribute("direction")),
    waiting: toText(attribute("waiting")),
    endsAt: toDate(attribute("ends_at")),
    remaining: toNumber(attribute("remaining")),
    unit: toText(attribute("unit")),
    progress: Math.min(Math.max(progress / 100, 0), 1),
    beatsPerMinute: beats(hass, walker),
    stop: read.usable("button.stop_session"),
  };
}

/** Gives what became of a session that is over, if the stage's entity tells. */
export function guidedResult(stage: HassEntity): GuidedResult | undefined {
  const told = stage.attributes["last_session"] as Partial<Record<keyof GuidedResult, unknown>> | null;
  const [steps, metres, seconds] = [told?.backward_steps, told?.backward_metres, told?.backward_seconds].map(
    toNumber,
  );
  return steps === undefined || metres === undefined || seconds === undefined
    ? undefined
    : {
        completed: told?.completed === true,
        backward_steps: steps,
        backward_metres: metres,
        backward_seconds: seconds,
      };
}

/** Gives the rate of a pod's metronome that beats now. */
function beats(hass: HomeAssistant, walker: Walker): number | undefined {
  for (const pod of walker.pods) {
    const metronome = hass.states[pod.entities["Metronome"] ?? ""];
    if (metronome?.state === "on") {
      return toNumber(hass.states[pod.entities["Metronome rate"] ?? ""]?.state);
    }
  }
  return undefined;
}

function hintOf(hass: HomeAssistant, walker: Walker, steps: number): Hint | undefined {
  if (walker.pods.length === 0) {
    return "no_pod";
  }
  if (walker.pods.every((pod) => isAway(hass, pod.entities))) {
    // Only firmware of a profile that saves power has this switch: it is silent on purpose.
    return walker.pods.some((pod) => "Prevent sleep" in pod.entities) ? "pod_saves" : "pod_away";
  }
  const walked = (walker.days ?? []).some((day) => day.backward > 0);
  return steps === 0 && !walked && !walker.last_session ? "first_day" : undefined;
}

/** A sleeping pod's values stay, so its status tells where there is one. */
function isAway(hass: HomeAssistant, entities: Record<string, string>): boolean {
  const status = hass.states[entities["Status"] ?? ""];
  if (status) {
    return status.state !== "on";
  }
  const steps = hass.states[entities["Backward steps"] ?? ""];
  return !steps || steps.state === "unavailable";
}
