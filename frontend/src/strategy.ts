/** A whole dashboard out of one line: everybody who walks here, their past, their pods. */

import { loadTexts, optionalText, text, type TextKey } from "./localize";
import { walkersOnce } from "./feed";
import { INTEGRATION_PAGE } from "./pages";
import type { HomeAssistant, Pod, Walker } from "./types";

type Say = (key: TextKey, values?: Record<string, string>) => string;

interface Section {
  type: "grid";
  cards: object[];
  column_span?: number;
}

/** No sum of a week or of today: the history above them has those, up to now. */
const RECORD_KEYS = [
  "sensor.goal_streak",
  "sensor.best_streak",
  "sensor.backward_steps_total",
  "sensor.last_session",
  "sensor.walk_3m_time",
  "sensor.energy_today",
];
const SITTING_KEYS = [
  "sensor.sitting_state",
  "sensor.longest_sitting_today",
  "sensor.breaks_today",
  "switch.reminders",
];
/** What is an event for people; all else that moves all day is none. */
const ACTIVITY_KEYS = ["event.activity", "event.reminder", "binary_sensor.worn"];
/** The widest a page is. */
const COLUMNS = 3;
const FULL = { grid_options: { columns: "full" } };
const HINTS = 8;
const DAY_MS = 86_400_000;

/** Home Assistant asks this class for the dashboard, and again when devices or entities come and go. */
export class RetrostepDashboardStrategy extends HTMLElement {
  static registryDependencies = ["devices", "entities"];
  static noEditor = true;
  static configRequired = false;

  /** What the dialog for a new dashboard proposes. */
  static getCreateSuggestions(): { title: string; icon: string } {
    return { title: "RetroStep", icon: "mdi:shoe-print" };
  }

  static async generate(_config: object, hass: HomeAssistant): Promise<object> {
    const say = (key: TextKey, values: Record<string, string> = {}) =>
      text(hass.locale.language, key, values);
    await loadTexts(hass.locale.language);
    let walkers: Walker[];
    try {
      walkers = await walkersOnce(hass);
    } catch {
      walkers = [];
    }
    if (walkers.length === 0) {
      // The card itself says what to do.
      return { views: [view(say("dashboard.today"), "today", "mdi:shoe-print", [grid([card()])])] };
    }
    const { components } = hass.config;
    return {
      views: [
        view(say("dashboard.today"), "today", "mdi:shoe-print", [
          ...walkers.map((walker) => grid([card(walker, "tall")])),
          grid([
            past("week"),
            heading(say("dashboard.hints"), "mdi:lightbulb-on-outline"),
            hintOfTheDay(hass, say),
          ]),
        ]),
        view(
          say("dashboard.history"),
          "history",
          "mdi:chart-bar",
          walkers.flatMap((walker) => pastSections(walker, say, components)),
        ),
        view(say("dashboard.pods"), "pods", "mdi:chip", podSections(walkers, say, components)),
      ],
    };
  }
}

function view(title: string, path: string, icon: string, sections: Section[]): object {
  return { title, path, icon, type: "sections", max_columns: COLUMNS, sections };
}

function grid(cards: object[], column_span = 1): Section {
  return { type: "grid", cards, column_span };
}

function heading(text_: string, icon: string, path?: string | null): object {
  const opens = path ? { tap_action: { action: "navigate", navigation_path: path } } : {};
  return { type: "heading", heading: text_, icon, ...opens };
}

function card(walker?: Walker, layout = "standard"): object {
  return { type: "custom:retrostep-card", layout, ...chosen(walker) };
}

function chosen(walker?: Walker): object {
  return walker ? { walkers: [walker.device_id ?? walker.entry_id] } : {};
}

function tiles(entities: Record<string, string>, keys: string[]): object[] {
  return keys.flatMap((key) =>
    entities[key] ? [{ type: "tile", entity: entities[key], name: { type: "entity" } }] : [],
  );
}

function past(period: string, walker?: Walker): object {
  return { type: "custom:retrostep-history-card", period, ...chosen(walker) };
}

function hintOfTheDay(hass: HomeAssistant, say: Say): object {
  const number = (Math.floor(Date.now() / DAY_MS) % HINTS) + 1;
  const content = optionalText(hass.locale.language, `hint.${number}`) ?? say("hint.1");
  return { type: "markdown", content };
}

function pastSections(walker: Walker, say: Say, components: string[]): Section[] {
  const sitting = tiles(walker.entities, SITTING_KEYS);
  const title = `${say("dashboard.sitting")} · ${walker.name}`;
  const beside = [
    ...(sitting.length ? [heading(title, "mdi:seat-outline"), ...sitting] : []),
    ...activity(walker, say, components),
  ];
  return [
    grid([{ ...past("month", walker), ...FULL }, ...tiles(walker.entities, RECORD_KEYS)], 2),
    ...(beside.length ? [grid(beside)] : []),
  ];
}

/**
 * The walker's Activity of a day; its arrow opens Home Assistant's own page with the same entities. By itself that
 * page lists every change of every state that is no number.
 */
function activity(walker: Walker, say: Say, components: string[]): object[] {
  const entity_id = ACTIVITY_KEYS.flatMap((key) => walker.entities[key] ?? []);
  const title = `${say("dashboard.activity")} · ${walker.name}`;
  return entity_id.length && components.includes("logbook")
    ? [{ type: "logbook", title, target: { entity_id } }]
    : [];
}

function podSections(walkers: Walker[], say: Say, components: string[]): Section[] {
  const pods = walkers.flatMap((walker) => walker.pods.map((pod) => podCards(walker, pod, say, components)));
  const without = walkers.filter((walker) => walker.pods.length === 0);
  const missing = without.map((walker) => {
    const told = say("dashboard.no_pod", { name: escapeMarkdown(walker.name) });
    const content = `${told} [${say("none.open")}](${INTEGRATION_PAGE})`;
    return [heading(walker.name, "mdi:chip"), { type: "markdown", content }];
  });
  const all = [...pods, ...missing];
  // One pod alone has the whole page.
  return all.map((cards) => grid(cards, Math.max(1, Math.floor(COLUMNS / all.length))));
}

/** A pod in plain words: whether it is there, how long its battery lasts, whether something waits or is wrong. */
function podCards(
  walker: Walker,
  { name, device_id, entities }: Pod,
  say: Say,
  components: string[],
): object[] {
  const { Problem: problem, "Unsynced minutes": unsynced } = entities;
  const tile = (entity: string | undefined, more: object = {}): object[] =>
    entity
      ? [{ type: "tile", entity, name: { type: "entity" }, grid_options: { columns: 12 }, ...more }]
      : [];
  const only = (entity: string, condition: object) => ({ visibility: [{ entity, ...condition }] });
  const whenWrong = problem ? only(problem, { condition: "state", state: "on" }) : {};
  const note = (key: TextKey, more: object = {}) => ({
    type: "markdown",
    content: say(key),
    text_only: true,
    ...FULL,
    ...more,
  });
  const worn = walker.entities["binary_sensor.worn"] ?? entities["Worn"];
  const drawn = [entities["Status"], worn, entities["Battery level"]].filter((entity) => entity);
  const calibrate = entities["Calibrate: walk 8 steps forward"];
  return [
    heading(`${walker.name} · ${name}`, "mdi:chip", device_id && `/config/devices/device/${device_id}`),
    ...tile(entities["Status"], {
      name: say("dashboard.pod.contact"),
      state_content: ["state", "last_changed"],
    }),
    ...tile(entities["Battery level"]),
    ...tile(worn),
    ...tile(problem, whenWrong),
    ...tile(entities["Sensor status"], whenWrong),
    ...(unsynced
      ? [
          note("dashboard.pod.synced", only(unsynced, { condition: "numeric_state", below: 1 })),
          note("dashboard.pod.unsynced", only(unsynced, { condition: "numeric_state", above: 0 })),
        ]
      : []),
    ...tile(calibrate, {
      name: say("dashboard.pod.calibrate"),
      hide_state: true,
      features: [{ type: "button" }],
    }),
    ...(calibrate ? [note("dashboard.pod.calibrate.help")] : []),
    ...(components.includes("history") ? [{ type: "history-graph", entities: drawn, ...FULL }] : []),
  ];
}

/** A markdown card must show a name as it is. */
function escapeMarkdown(name: string): string {
  return name.replace(/[\\`*_{}[\]()#+!|<>&~-]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
