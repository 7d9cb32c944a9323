/** A made-up household: what Home Assistant would tell the card, in all the states the card is designed for. */

import type { Day, HassEntity, HomeAssistant, Hour, Walker } from "../src/types";

export const TODAY = "2026-11-18"; // a Wednesday
export const NOON = Date.parse(`${TODAY}T12:00:00Z`);

type States = Record<string, string | number | [string | number, Record<string, unknown>]>;

export interface Household {
  states: States;
  walkers: Walker[];
  error?: string;
}

/** Seven days up to today; `backward` and `goal` per day, oldest first. */
export function week(backward: number[], goals: (number | null)[], rest: number[] = []): Day[] {
  return backward.map((steps, index) => {
    const goal = goals[index] ?? null;
    const date = new Date(NOON - (backward.length - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    return {
      date,
      backward: steps,
      forward: steps * 2,
      distance_m: steps * 0.5,
      walking_s: steps * 0.7,
      sessions: steps > 0 ? 2 : 0,
      goal:
        goal === null
          ? null
          : {
              kind: "steps",
              value: goal,
              done: steps,
              met: steps >= goal,
              status: rest.includes(index) ? "rest" : "active",
            },
    };
  });
}

const KEYS = {
  sensor: [
    "backward_steps_today",
    "forward_steps_today",
    "backward_distance_today",
    "backward_minutes_today",
    "sessions_today",
    "daily_goal_progress",
    "goal_streak",
    "best_streak",
    "cadence",
    "sitting_state",
    "sitting_time",
    "guided_session_stage",
    "last_session",
    "backward_share_today",
  ],
  binary_sensor: ["walking_backward", "goal_reached"],
  button: ["snooze", "start_session", "stop_session"],
};

/** All hours of today, some of them with backward and forward steps. */
function hoursOfDay(walked: Record<number, [number, number]>): Hour[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const [backward, forward] = walked[hour] ?? [0, 0];
    return { start: `${TODAY}T${String(hour).padStart(2, "0")}:00:00Z`, backward, forward };
  });
}

export function walker(slug = "ann", more: Partial<Walker> = {}): Walker {
  const entities = Object.fromEntries(
    Object.entries(KEYS).flatMap(([platform, keys]) =>
      keys.map((key) => [`${platform}.${key}`, `${platform}.${slug}_${key}`]),
    ),
  );
  return {
    entry_id: `entry-${slug}`,
    slug,
    name: slug.charAt(0).toUpperCase() + slug.slice(1),
    device_id: `device-${slug}`,
    loaded: true,
    entities,
    pods: [
      {
        name: "Left shoe",
        device_id: "pod",
        entities: {
          Status: "binary_sensor.pod_status",
          "Backward steps": "sensor.pod_backward_steps",
          Metronome: "switch.pod_metronome",
          "Metronome rate": "number.pod_metronome_rate",
        },
      },
    ],
    today: { date: TODAY, start: `${TODAY}T00:00:00Z`, zone: "UTC" },
    days: week([320, 180, 410, 0, 455, 380, 412], [300, 300, 300, 350, 350, 350, 600], [3]),
    hours: hoursOfDay({ 7: [60, 300], 9: [212, 120], 11: [140, 80] }),
    explanation: {
      key: "plan_waits",
      values: {
        goal: { kind: "steps", value: 600 },
        next: { kind: "steps", value: 700 },
        week: 3,
        met: 2,
        needed: 5,
        day: "2026-11-23",
      },
    },
    last_session: {
      start: `${TODAY}T09:12:00Z`,
      end: `${TODAY}T09:15:20Z`,
      steps: 212,
      distance_m: 104.2,
      walking_s: 168,
    },
    ...more,
  };
}

/** States of a walker on an ordinary day, with changes. */
export function states(slug = "ann", changes: States = {}): States {
  return {
    [`sensor.${slug}_backward_steps_today`]: [412, { unit_of_measurement: "steps" }],
    [`sensor.${slug}_forward_steps_today`]: [500, { unit_of_measurement: "steps" }],
    [`sensor.${slug}_backward_distance_today`]: [203.4, { unit_of_measurement: "m" }],
    [`sensor.${slug}_backward_minutes_today`]: [5.2, { unit_of_measurement: "min" }],
    [`sensor.${slug}_sessions_today`]: 3,
    [`sensor.${slug}_daily_goal_progress`]: [
      68,
      {
        kind: "steps",
        unit: "steps",
        goal: 600,
        done: 412,
        explanation: "The plan is at 600 steps a day in week 3.",
      },
    ],
    [`sensor.${slug}_goal_streak`]: 5,
    [`sensor.${slug}_best_streak`]: 12,
    [`sensor.${slug}_cadence`]: 0,
    [`sensor.${slug}_sitting_state`]: [
      "sitting",
      { next_reminder: `${TODAY}T12:13:00Z`, remind_after_min: 45 },
    ],
    [`sensor.${slug}_sitting_time`]: [32, { unit_of_measurement: "min" }],
    [`sensor.${slug}_guided_session_stage`]: "idle",
    [`sensor.${slug}_last_session`]: `${TODAY}T09:12:00Z`,
    [`sensor.${slug}_backward_share_today`]: [45, { unit_of_measurement: "%" }],
    [`binary_sensor.${slug}_walking_backward`]: "off",
    [`binary_sensor.${slug}_goal_reached`]: "off",
    [`button.${slug}_snooze`]: "unknown",
    [`button.${slug}_start_session`]: "unknown",
    [`button.${slug}_stop_session`]: "unknown",
    "binary_sensor.pod_status": "on",
    "sensor.pod_backward_steps": 10_412,
    "switch.pod_metronome": "off",
    "number.pod_metronome_rate": 84,
    ...changes,
  };
}

function withoutKeys(one: Walker, pattern: RegExp): Walker {
  return {
    ...one,
    entities: Object.fromEntries(Object.entries(one.entities).filter(([key]) => !pattern.test(key))),
  };
}

const empty = week([0, 0, 0, 0, 0, 0, 0], [null, null, null, null, null, null, 300]);

/** States of a walker in a guided session; the stage has what is told of it. */
function guided(stage: string, told: Record<string, unknown>, more: States = {}): Household {
  const stageNow: States = { "sensor.ann_guided_session_stage": [stage, told] };
  return {
    states: states("ann", { "sensor.ann_sitting_state": "moving", ...stageNow, ...more }),
    walkers: [walker()],
  };
}

/** All designed states by name. */
export const HOUSEHOLDS: Record<string, Household> = {
  ordinary: { states: states(), walkers: [walker()] },
  walking: {
    states: states("ann", {
      "binary_sensor.ann_walking_backward": "on",
      "sensor.ann_cadence": 92,
      "sensor.ann_sitting_state": "moving",
      "sensor.ann_sitting_time": "unknown",
    }),
    walkers: [walker()],
  },
  over: {
    states: states("ann", {
      "sensor.ann_backward_steps_today": [812, { unit_of_measurement: "steps" }],
      "sensor.ann_daily_goal_progress": [135, { kind: "steps", unit: "steps", goal: 600, done: 812 }],
      "binary_sensor.ann_goal_reached": "on",
      "sensor.ann_goal_streak": 6,
    }),
    walkers: [
      walker("ann", { days: week([320, 180, 410, 0, 455, 380, 812], [300, 300, 300, 350, 350, 350, 600]) }),
    ],
  },
  due: {
    states: states("ann", {
      "sensor.ann_sitting_state": "due",
      "sensor.ann_sitting_time": [52, { unit_of_measurement: "min" }],
    }),
    walkers: [walker()],
  },
  session: {
    states: states("ann", {
      "sensor.ann_guided_session_stage": [
        "backward",
        {
          number: 2,
          of: 4,
          direction: "backward",
          unit: "seconds",
          target: 120,
          done: 35,
          remaining: 85,
          next_stage: "forward",
          next_target: 60,
          next_unit: "seconds",
          ends_at: new Date(NOON + 85_000).toISOString(),
          progress: 29,
        },
      ],
      "binary_sensor.ann_walking_backward": "on",
      "sensor.ann_cadence": 84,
      "sensor.ann_sitting_state": "moving",
      "switch.pod_metronome": "on",
    }),
    walkers: [walker()],
  },
  session_start: guided("warm_up", {
    number: 1,
    of: 4,
    direction: "forward",
    unit: "seconds",
    remaining: 120,
    next_stage: "backward",
    next_target: 120,
    next_unit: "seconds",
    ends_at: new Date(NOON + 120_000).toISOString(),
    progress: 0,
  }),
  session_turn: guided("forward", {
    number: 3,
    of: 4,
    direction: "forward",
    unit: "seconds",
    remaining: 48,
    next_stage: "backward",
    next_target: 60,
    next_unit: "steps",
    waiting: "direction",
    progress: 61,
  }),
  session_pause: guided("backward", {
    number: 4,
    of: 4,
    direction: "backward",
    unit: "steps",
    remaining: 38,
    next_stage: null,
    waiting: "stopped",
    progress: 82,
  }),
  session_steps: guided("backward", {
    number: 4,
    of: 4,
    direction: "backward",
    unit: "steps",
    remaining: 38,
    progress: 82,
  }),
  session_done: guided("idle", {
    last_session: {
      completed: true,
      backward_steps: 212,
      backward_metres: 104.2,
      backward_seconds: 168,
    },
  }),
  first_day: {
    states: states("ann", {
      "sensor.ann_backward_steps_today": 0,
      "sensor.ann_forward_steps_today": 0,
      "sensor.ann_backward_distance_today": [0, { unit_of_measurement: "m" }],
      "sensor.ann_backward_minutes_today": [0, { unit_of_measurement: "min" }],
      "sensor.ann_sessions_today": 0,
      "sensor.ann_daily_goal_progress": [0, { kind: "steps", unit: "steps", goal: 300, done: 0 }],
      "sensor.ann_goal_streak": 0,
      "sensor.ann_sitting_state": "unknown",
    }),
    walkers: [walker("ann", { days: empty.slice(-1), hours: [], last_session: null })],
  },
  no_pod: {
    states: states("ann", {
      "sensor.ann_backward_steps_today": 0,
      "sensor.ann_forward_steps_today": 0,
      "sensor.ann_sitting_state": "unavailable",
      "sensor.ann_goal_streak": 0,
    }),
    walkers: [walker("ann", { days: empty.slice(-1), hours: [], last_session: null, pods: [] })],
  },
  pod_away: { states: states("ann", { "binary_sensor.pod_status": "off" }), walkers: [walker()] },
  bare: {
    states: states(),
    walkers: [
      {
        ...withoutKeys(walker(), /goal|sitting|session|streak|cadence|button|share/),
        days: week([320, 180, 410, 0, 455, 380, 412], []),
      },
    ],
  },
  minutes: {
    states: states("ann", {
      "sensor.ann_daily_goal_progress": [64, { kind: "minutes", unit: "min", goal: 8, done: 5.2 }],
    }),
    walkers: [
      walker("ann", {
        days: week([320, 180, 410, 0, 455, 380, 412], [300, 300, 300, 350, 350, 350, 600]).map((day) => ({
          ...day,
          goal: {
            kind: "minutes",
            value: 5,
            done: (day.walking_s ?? 0) / 60,
            met: (day.walking_s ?? 0) >= 300,
            status: "active",
          },
        })),
      }),
    ],
  },
  unavailable: {
    states: { ...states("ann"), "sensor.ann_backward_steps_today": "unavailable" },
    walkers: [walker()],
  },
  outlier: {
    states: states(),
    walkers: [
      walker("ann", {
        days: week([320, 180, 4100, 0, 455, 380, 412], [300, 300, 300, 350, 350, 350, 600], [3]),
      }),
    ],
  },
  kolkata: {
    states: states(),
    walkers: [
      walker("ann", {
        today: { date: TODAY, start: "2026-11-17T21:00:00Z", zone: "Asia/Kolkata" },
        // A day that begins at 02:30 ends within an hour too.
        hours: ["2026-11-17T21:00:00Z", "2026-11-17T21:30:00Z", "2026-11-17T22:30:00Z"].map(
          (start, index) => ({
            start,
            backward: index * 40,
            forward: 2,
          }),
        ),
      }),
    ],
  },
  not_loaded: { states: {}, walkers: [walker("ann", { loaded: false })] },
  nobody: { states: {}, walkers: [] },
  error: { states: {}, walkers: [], error: "unknown_command" },
  two: {
    states: {
      ...states("ann"),
      ...states("bob", { "sensor.bob_goal_streak": 1, "sensor.bob_backward_steps_today": 96 }),
    },
    walkers: [walker("ann"), walker("bob")],
  },
  markup: { states: states(), walkers: [walker("ann", { name: "<img src=x onerror=alert(1)>" })] },
};

/** Gives a `hass` for a household, and a way to change its states as Home Assistant does. */
export function fakeHass(household: Household, more: Partial<HomeAssistant> = {}): HomeAssistant {
  const entity = ([id, value]: [string, States[string]]): [string, HassEntity] => {
    const [state, attributes] = Array.isArray(value) ? value : [value, {}];
    return [id, { entity_id: id, state: String(state), attributes }];
  };
  return {
    states: Object.fromEntries(Object.entries(household.states).map(entity)),
    connection: {
      subscribeMessage: (callback) => {
        if (household.error) {
          return Promise.reject(Object.assign(new Error("no"), { code: household.error }));
        }
        void Promise.resolve().then(() => callback({ walkers: household.walkers } as never));
        return Promise.resolve(() => Promise.resolve());
      },
    },
    locale: { language: "en", number_format: "language", time_format: "24", time_zone: "server" },
    config: { time_zone: "UTC", unit_system: { length: "km" }, components: ["retrostep"] },
    formatEntityState: ({ state, attributes }) =>
      `${Math.round(Number(state))} ${String(attributes["unit_of_measurement"])}`,
    callWS: () => Promise.reject(new Error("not here")),
    callService: () => Promise.resolve(),
    ...more,
  };
}

/** Gives the same `hass` with one state changed. */
export function withState(hass: HomeAssistant, id: string, state: string | number): HomeAssistant {
  const before = hass.states[id];
  const changed = { entity_id: id, attributes: before?.attributes ?? {}, state: String(state) };
  return { ...hass, states: { ...hass.states, [id]: changed } };
}
