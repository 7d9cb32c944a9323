/** A whole dashboard out of one line: everybody who walks here, their past, their pods. */

import { loadTexts, optionalText, text, type TextKey } from "./localize";
import { walkersOnce } from "./feed";
import { INTEGRATION_PAGE } from "./pages";
import type { HomeAssistant, Walker } from "./types";

interface Section {
  type: "grid";
  cards: object[];
  column_span?: number;
}

const SESSION_KEYS = [
  "sensor.sessions_today",
  "sensor.goal_streak",
  "sensor.backward_steps_total",
  "sensor.last_session",
  "sensor.backward_steps_week",
  "sensor.goal_days_this_week",
  "sensor.best_streak",
  "sensor.walk_3m_time",
  "sensor.energy_today",
];
const SITTING_KEYS = [
  "sensor.sitting_state",
  "sensor.sitting_time",
  "sensor.longest_sitting_today",
  "sensor.breaks_today",
  "switch.reminders",
];
/** What is an event for people; all else that moves all day is none. */
const ACTIVITY_KEYS = ["event.activity", "event.reminder", "binary_sensor.worn"];
const POD_ENTITIES = [
  "Status",
  "Problem",
  "Sensor status",
  "Battery level",
  "Unsynced minutes",
  "Worn",
  "Direction confidence",
  "Sampling gaps",
];
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
          walkers.flatMap((walker) => [
            ...pastSections(walker, say),
            ...activitySection(walker, say, hass.config.components),
          ]),
        ),
        view(
          say("dashboard.pods"),
          "pods",
          "mdi:chip",
          walkers.flatMap((walker) => podSections(walker, say)),
        ),
      ],
    };
  }
}

type Say = (key: TextKey, values?: Record<string, string>) => string;

function view(title: string, path: string, icon: string, sections: Section[]): object {
  return { title, path, icon, type: "sections", max_columns: 3, sections };
}

function grid(cards: object[]): Section {
  return { type: "grid", cards };
}

function heading(text_: string, icon: string): object {
  return { type: "heading", heading: text_, icon };
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

function pastSections(walker: Walker, say: Say): Section[] {
  const section = (title: string, icon: string, keys: string[]): Section[] => {
    const found = tiles(walker.entities, keys);
    return found.length ? [grid([heading(title, icon), ...found])] : [];
  };
  return [
    grid([past("month", walker), past("year", walker)]),
    ...section(`${say("dashboard.sessions")} · ${walker.name}`, "mdi:flag-checkered", SESSION_KEYS),
    ...section(`${say("dashboard.sitting")} · ${walker.name}`, "mdi:seat-outline", SITTING_KEYS),
  ];
}

/**
 * The walker's Activity of a day; its arrow opens Home Assistant's own page with the same entities. By itself that
 * page lists every change of every state that is no number.
 */
function activitySection(walker: Walker, say: Say, components: string[]): Section[] {
  const entity_id = ACTIVITY_KEYS.flatMap((key) => walker.entities[key] ?? []);
  if (entity_id.length === 0 || !components.includes("logbook")) return [];
  const title = `${say("dashboard.activity")} · ${walker.name}`;
  return [grid([{ type: "logbook", title, target: { entity_id } }])];
}

function podSections(walker: Walker, say: Say): Section[] {
  if (walker.pods.length === 0) {
    const told = say("dashboard.no_pod", { name: escapeMarkdown(walker.name) });
    const content = `${told} [${say("none.open")}](${INTEGRATION_PAGE})`;
    return [grid([heading(walker.name, "mdi:chip"), { type: "markdown", content }])];
  }
  return walker.pods.map((pod) =>
    grid([heading(`${walker.name} · ${pod.name}`, "mdi:chip"), ...tiles(pod.entities, POD_ENTITIES)]),
  );
}

/** A markdown card must show a name as it is. */
function escapeMarkdown(name: string): string {
  return name.replace(/[\\`*_{}[\]()#+!|<>&~-]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
