/** The form Home Assistant edits the card with. */

import { LAYOUTS } from "./config";
import { optionalText, text, type TextKey } from "./localize";
import type { Part } from "./types";

const PARTS: readonly Part[] = ["share", "week", "streak", "sitting", "last", "hint"];
const NUMBERS = ["done", "left", "percent"] as const;

/** Language of the page; the form is asked for before it has a `hass`. */
function language(): string {
  return document.documentElement.lang || "en";
}

const label = (schema: { name: string }): string =>
  optionalText(language(), `editor.${schema.name}`) ?? schema.name;
const helper = (schema: { name: string }): string | undefined =>
  optionalText(language(), `editor.${schema.name}.help`);

function choice(values: readonly string[], prefix: string): object {
  return {
    select: {
      mode: "dropdown",
      options: values.map((value) => ({ value, label: text(language(), `${prefix}.${value}` as TextKey) })),
    },
  };
}

const WALKERS = {
  name: "walkers",
  selector: { device: { integration: "retrostep", multiple: true } },
};

const show = (part: string, usual = true): object => ({
  name: `show_${part}`,
  default: usual,
  selector: { boolean: {} },
});

/** Gives schema and labels of the card. */
export function configForm(): object {
  const action = (name: string, usual: string) => ({
    name,
    selector: { ui_action: { default_action: usual } },
  });
  return {
    schema: [
      WALKERS,
      { name: "layout", default: "standard", selector: choice(LAYOUTS, "editor.layout") },
      { name: "open_session", selector: { boolean: {} } },
      ...PARTS.map((part) => show(part)),
      {
        name: "interactions",
        type: "expandable",
        flatten: true,
        title: text(language(), "editor.interactions"),
        schema: [
          action("tap_action", "more-info"),
          action("hold_action", "none"),
          action("double_tap_action", "none"),
        ],
      },
    ],
    computeLabel: label,
    computeHelper: helper,
  };
}

/** Gives schema and labels of the feature for tiles. */
export function featureForm(): object {
  return {
    schema: [
      { name: "number", default: "done", selector: choice(NUMBERS, "editor.number") },
      show("ring"),
      show("goal"),
      show("streak", false),
    ],
    computeLabel: label,
  };
}

/** Gives schema and labels of the history card. */
export function historyForm(): object {
  return {
    schema: [WALKERS, { name: "period", selector: choice(["day", "week", "month", "year"], "history") }],
    computeLabel: label,
    computeHelper: helper,
  };
}
