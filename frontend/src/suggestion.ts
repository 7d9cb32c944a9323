/** What Home Assistant's card picker proposes for an entity. */

import type { HomeAssistant } from "./types";

/** Proposes the card of the walker an entity belongs to. */
export function suggestionFor(hass: HomeAssistant, entityId: string): object | null {
  const entity = hass.entities?.[entityId];
  if (entity?.platform !== "retrostep") {
    return null;
  }
  const walkers = entity.device_id ? [entity.device_id] : [];
  return { config: { type: "custom:retrostep-card", walkers, layout: "standard" } };
}
