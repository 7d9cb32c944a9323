/** What Home Assistant's card picker proposes for an entity. */

import { isOurs } from "./select";
import type { HomeAssistant } from "./types";

/** Proposes the card of the walker an entity belongs to. */
export function suggestionFor(hass: HomeAssistant, entityId: string): object | null {
  if (!isOurs(hass, entityId)) {
    return null;
  }
  const device = hass.entities?.[entityId]?.device_id;
  const walkers = device ? [device] : [];
  return { config: { type: "custom:retrostep-card", walkers, layout: "standard" } };
}
