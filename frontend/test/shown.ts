/** The card on a page of its own, in a made-up household, and what it says. */

import "../src/index";
import type { RetrostepCard } from "../src/card";
import type { CardConfig, HomeAssistant } from "../src/types";
import { fakeHass, HOUSEHOLDS } from "./fakes";

export const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

export async function shown(
  household: string,
  config: Partial<CardConfig> = {},
  more: Partial<HomeAssistant> = {},
): Promise<RetrostepCard> {
  const card = document.createElement("retrostep-card") as RetrostepCard;
  card.setConfig({ type: "custom:retrostep-card", ...config });
  const known = HOUSEHOLDS[household];
  if (!known) {
    throw new Error(household);
  }
  card.hass = fakeHass(known, more);
  document.body.append(card);
  await settled();
  await card.updateComplete;
  return card;
}

export const words = (card: RetrostepCard): string =>
  (card.shadowRoot?.textContent ?? "").replace(/\s+/g, " ").trim();
export const find = (card: RetrostepCard, selector: string): HTMLElement | null =>
  card.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
