/** The page for a professional, which Home Assistant serves to users who may read the walker. */

import type { HomeAssistant, Walker } from "./types";

/** What somebody may see of a walker is what they may of this entity. */
const STEPS = "sensor.backward_steps_today";

/** Whether there is a page of a walker for whoever looks. */
export function hasSheet(walker: Walker): boolean {
  return walker.loaded && STEPS in walker.entities;
}

/** Opens the page at an address that is signed for whoever looks; fails if Home Assistant signs none. */
export async function openSheet(hass: HomeAssistant, walker: Walker): Promise<void> {
  const path = `/api/retrostep/sheet/${walker.entry_id}`;
  const signed = await hass.callWS<{ path: string }>({ type: "auth/sign_path", path });
  const link = document.createElement("a");
  link.href = signed.path;
  link.target = "_blank";
  link.rel = "noopener";
  document.body.append(link);
  link.click();
  link.remove();
}
