/** Taps, holds and keys on a part of the card, carried out by Home Assistant itself. */

import type { ActionConfig, CardConfig } from "./types";

const HOLD_MS = 500;
const DOUBLE_TAP_MS = 250;

type Kind = "tap" | "hold" | "double_tap";

/** Has Home Assistant carry out a configured action, by default "more info" of the entity. */
export function runAction(
  node: HTMLElement,
  config: CardConfig,
  kind: Kind,
  entityId: string | undefined,
): void {
  const configured: ActionConfig | undefined = config[`${kind}_action`];
  const action = configured ?? (kind === "tap" ? { action: "more-info" } : { action: "none" });
  if (action.action === "none" || (action.action === "more-info" && !entityId)) {
    return;
  }
  node.dispatchEvent(
    new CustomEvent("hass-action", {
      bubbles: true,
      composed: true,
      detail: { config: { entity: entityId, [`${kind}_action`]: action }, action: kind },
    }),
  );
}

/** Tells taps, holds and double taps on one element apart. */
export class Gestures {
  private timer: number | undefined;
  private held = false;
  private taps = 0;

  constructor(
    private node: HTMLElement,
    private config: () => CardConfig,
  ) {}

  down(entityId: string | undefined): void {
    this.held = false;
    window.clearTimeout(this.timer);
    if (this.has("hold_action")) {
      this.timer = window.setTimeout(() => {
        this.held = true;
        runAction(this.node, this.config(), "hold", entityId);
      }, HOLD_MS);
    }
  }

  cancel(): void {
    window.clearTimeout(this.timer);
  }

  /** A click, also one made by Enter or the space bar. */
  click(entityId: string | undefined): void {
    window.clearTimeout(this.timer);
    if (this.held) {
      this.held = false;
      return;
    }
    if (!this.has("double_tap_action")) {
      runAction(this.node, this.config(), "tap", entityId);
      return;
    }
    this.taps += 1;
    if (this.taps === 2) {
      this.taps = 0;
      runAction(this.node, this.config(), "double_tap", entityId);
      return;
    }
    this.timer = window.setTimeout(() => {
      this.taps = 0;
      runAction(this.node, this.config(), "tap", entityId);
    }, DOUBLE_TAP_MS);
  }

  private has(name: "hold_action" | "double_tap_action"): boolean {
    const action = this.config()[name];
    return action !== undefined && action.action !== "none";
  }
}
