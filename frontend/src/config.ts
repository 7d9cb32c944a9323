/** What can be wrong with the configuration of a card. */

import type { CardConfig, Layout } from "./types";

/** All layouts, in the order they are offered. */
export const LAYOUTS: readonly Layout[] = ["compact", "standard", "tall"];

/** Says what is wrong with a configuration. */
export function configProblem(config: CardConfig | undefined): string | undefined {
  if (!config || typeof config !== "object") {
    return "no configuration";
  }
  const { layout, walkers } = config;
  if (layout !== undefined && !LAYOUTS.includes(layout)) {
    return `layout: ${String(layout)} (${LAYOUTS.join(", ")})`;
  }
  const names = typeof walkers === "string" ? [walkers] : (walkers ?? []);
  if (!Array.isArray(names) || names.some((name) => typeof name !== "string")) {
    return "walkers: a list of devices or names";
  }
  if (config.open_session !== undefined && typeof config.open_session !== "boolean") {
    return "open_session: true or false";
  }
  return undefined;
}
