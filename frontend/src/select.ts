/** Which walkers a card shows. */

import type { CardConfig, HomeAssistant, Walker } from "./types";

/** Gives the walkers a configuration names, in its order; all of them if it names none. */
export function chosenWalkers(config: Pick<CardConfig, "walkers">, walkers: Walker[]): Walker[] {
  const names = typeof config.walkers === "string" ? [config.walkers] : (config.walkers ?? []);
  if (names.length === 0) {
    return walkers;
  }
  return names
    .map((name) => walkers.find((walker) => [walker.device_id, walker.slug, walker.entry_id].includes(name)))
    .filter((walker) => walker !== undefined);
}

/** Says whether an entity is one of RetroStep's. */
export function isOurs(hass: HomeAssistant, entityId: string | undefined): boolean {
  return entityId !== undefined && hass.entities?.[entityId]?.platform === "retrostep";
}

/** Gives the walker an entity belongs to: by itself, or by its device, which may be one of the walker's pods. */
export function walkerOf(hass: HomeAssistant, entityId: string, walkers: Walker[]): Walker | undefined {
  const device = hass.entities?.[entityId]?.device_id;
  return walkers.find(
    ({ entities, device_id, pods }) =>
      Object.values(entities).includes(entityId) ||
      (device && [device_id, ...pods.map((pod) => pod.device_id)].includes(device)),
  );
}
