/** What every part of the card is drawn with. */

import { pluralText, text, type TextKey } from "./localize";
import { formatDuration, formatLength, formatNumber } from "./format";
import type { Asked, CardConfig, Part, GoalKind, HomeAssistant, Walker } from "./types";

/** What is asked before a guided session, by the walker's entry. */
export interface Starting {
  of(entryId: string): Asked | undefined;
  ask(entryId: string): Promise<void>;
  confirm(entryId: string): void;
  close(entryId: string): void;
  begin(entryId: string, routine: string): Promise<void>;
}

/** A bar of a walker's week. */
export interface ChosenDay {
  slug: string;
  index: number;
}

export interface Context {
  hass: HomeAssistant;
  config: CardConfig;
  now: Date;
  /** Several walkers are shown. */
  many: boolean;
  /** Handlers that make an element open, hold or double tap an entity. */
  press(entityId: string | undefined): {
    down: () => void;
    cancel: () => void;
    click: () => void;
  };
  /** Presses a button entity. */
  push(entityId: string): void;
  /** Carries out one of RetroStep's actions for a walker. */
  act(action: string, entryId: string): void;
  /** Shows a walker's session over the whole window. */
  fill(walker: Walker): void;
  /** Asks before a session. */
  start: Starting;
  /** The day whose figures are written out, and what changes it. */
  chosen: ChosenDay | undefined;
  choose(day?: ChosenDay): void;
}

/** Gives one of the card's texts in the user's language. */
export function say(
  context: Pick<Context, "hass">,
  key: TextKey,
  values: Record<string, string> = {},
): string {
  return text(context.hass.locale.language, key, values);
}

/** Writes an amount of a goal's kind with its unit. */
export function amount({ hass }: Pick<Context, "hass">, kind: GoalKind, value: number): string {
  switch (kind) {
    case "minutes":
      return formatDuration(hass, value * 60);
    case "metres":
      return formatLength(hass, value);
    case "sessions":
    case "steps":
      return pluralText(hass.locale.language, `amount.${kind}`, value, { count: formatNumber(hass, value) });
  }
}

/** Says whether a part of the card is shown: all of them are, unless the configuration says no. */
export function isShown(config: CardConfig, part: Part): boolean {
  return config[`show_${part}`] !== false;
}
