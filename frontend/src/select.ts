/** Which walkers a card shows. */

import type { CardConfig, Walker } from "./types";

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
