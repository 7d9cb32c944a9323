/** What the card uses of Home Assistant's frontend, and what the integration tells it. */

export interface HassEntity {
  entity_id: string;
  state: string;
  attributes: Record<string, unknown>;
  last_changed?: string;
  last_updated?: string;
}

export interface Locale {
  language: string;
  number_format: string;
  time_format: string;
  first_weekday?: string;
  time_zone?: string;
}

export interface Connection {
  subscribeMessage<T>(callback: (message: T) => void, message: object): Promise<() => Promise<void>>;
}

export interface HomeAssistant {
  states: Record<string, HassEntity>;
  entities?: Record<string, { platform?: string; device_id?: string }>;
  devices?: Record<string, unknown>;
  user?: { is_admin: boolean };
  panels?: Record<string, { config?: Record<string, unknown> | null }>;
  connection: Connection;
  locale: Locale;
  config: { language?: string; time_zone: string; unit_system: { length: string }; components: string[] };
  /** Gives a text of the frontend or of an integration; empty while it is not loaded. */
  localize?(key: string, values?: Record<string, string>): string;
  /** Loads texts of an integration that are not there from the start. */
  loadBackendTranslation?(category: string, integration: string): Promise<unknown>;
  /** Writes a state with the digits and the unit its user has chosen. */
  formatEntityState(state: HassEntity): string;
  callWS<T>(message: object): Promise<T>;
  callService(domain: string, service: string, data: object): Promise<unknown>;
}

export type GoalKind = "steps" | "minutes" | "metres" | "sessions";

/** The goal that held on a day and what was done, in the unit of its kind. */
export interface DayGoal {
  kind: GoalKind;
  value: number;
  done: number;
  met: boolean;
  status: "active" | "paused" | "rest";
}

export interface Day {
  date: string;
  backward: number;
  /** What the user may not see is left out, here as in a walker. */
  forward?: number;
  distance_m?: number;
  walking_s?: number;
  sessions?: number | null;
  goal?: DayGoal | null;
}

export interface LastSession {
  start: string;
  end: string;
  steps: number;
  distance_m: number;
  walking_s: number;
}

export interface Pod {
  name: string;
  device_id: string | null;
  /** Entity ids by the names the firmware gives. */
  entities: Record<string, string>;
}

/** Steps of one hour of today. */
export interface Hour {
  start: string;
  backward: number;
  forward?: number;
}

/** What became of a guided session, as the stage's entity tells once it is over. */
export interface GuidedResult {
  completed: boolean;
  backward_steps: number;
  backward_metres: number;
  backward_seconds: number;
}

/** One walker as `retrostep/subscribe` tells; `entities` maps "platform.key" to an entity id. */
export interface Walker {
  entry_id: string;
  slug: string;
  name: string;
  device_id: string | null;
  loaded: boolean;
  entities: Record<string, string>;
  pods: Pod[];
  /** The first day of the walker, YYYY-MM-DD: nothing is missing before it. */
  since?: string;
  today?: { date: string; start: string; zone: string };
  days?: Day[];
  hours?: Hour[];
  last_session?: LastSession | null;
  explanation?: Explanation;
}

/** Why the goal is what it is: a text of the integration, with amounts, dates (YYYY-MM-DD) and numbers. */
export interface Explanation {
  key: string;
  values: Record<string, { kind: GoalKind; value: number } | string | number>;
}

/** A routine as it would be started now: `backward` of `unit`, `seconds` in all. */
export interface Choice {
  routine: string;
  unit: string;
  backward: number;
  seconds: number;
}

export interface Note {
  key: string;
  text: string;
}

/** What `retrostep/session_choices` tells; without notes they were read before. */
export interface Choices {
  choices: Choice[];
  notes: Note[];
}

export interface Asked extends Choices {
  read: boolean;
}

export type Layout = "compact" | "standard" | "tall";

export interface ActionConfig {
  action: string;
  [key: string]: unknown;
}

/** Parts of the card that can be hidden. */
export type Part = "share" | "week" | "streak" | "sitting" | "last" | "hint";

export interface CardConfig {
  type: string;
  /** Walkers by device id, slug or entry id; all of them without it. */
  walkers?: string | string[];
  layout?: Layout;
  show_share?: boolean;
  show_week?: boolean;
  show_streak?: boolean;
  show_sitting?: boolean;
  show_last?: boolean;
  show_hint?: boolean;
  /** Guided sessions open over the whole window by themselves. */
  open_session?: boolean;
  tap_action?: ActionConfig;
  hold_action?: ActionConfig;
  double_tap_action?: ActionConfig;
}

/** Settings of the feature for tiles; what is shown unless it is said not to be, but for the streak. */
export interface FeatureConfig {
  type: string;
  number?: "done" | "left" | "percent";
  show_ring?: boolean;
  show_goal?: boolean;
  show_streak?: boolean;
}
