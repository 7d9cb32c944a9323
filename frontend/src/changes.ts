/** Whether anything an element shows has changed: states come for the whole house. */

import { shownEntities } from "./model";
import type { HomeAssistant, Walker } from "./types";

/** Says whether another `hass` shows something else of these walkers than the one before it. */
export function showsOther(
  before: HomeAssistant | undefined,
  now: HomeAssistant | undefined,
  walkers: readonly Walker[],
): boolean {
  if (!before || !now || before.locale !== now.locale || before.config !== now.config) {
    return true;
  }
  return walkers.some((walker) => shownEntities(walker).some((id) => before.states[id] !== now.states[id]));
}
