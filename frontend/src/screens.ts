/** Opens the full-screen session of a card: by a tap, by itself where the card is told so, again after a reload. */

import type { LitElement, ReactiveController } from "lit";
import type { Context } from "./context";
import { guidedResult, walkerModel, type Guided } from "./model";
import { RetrostepSession } from "./session-screen";
import type { HassEntity, Walker } from "./types";

const ELEMENT = "retrostep-session";
const IDLE = "idle";

/** What a tab remembers of a session until it is over, also when its page is loaded again. */
type Memory = "open" | "closed" | undefined;

const keyOf = (walker: Walker): string => `${ELEMENT}:${walker.entry_id}`;

function remembered(walker: Walker): Memory {
  try {
    return (sessionStorage.getItem(keyOf(walker)) as Memory | null) ?? undefined;
  } catch {
    // A browser may refuse to keep anything; then nothing is opened again.
    return undefined;
  }
}

function remember(walker: Walker, what: Memory): void {
  try {
    if (what) {
      sessionStorage.setItem(keyOf(walker), what);
    } else {
      sessionStorage.removeItem(keyOf(walker));
    }
  } catch {
    // See above.
  }
}

interface Facts {
  context: Context;
  walkers: Walker[];
  failure: string | undefined;
}

type Host = LitElement & { preview?: boolean };

export class ScreenController implements ReactiveController {
  private screen: RetrostepSession | undefined;
  private walker: Walker | undefined;
  private steps = { told: undefined as HassEntity | undefined, then: 0 };

  constructor(
    private host: Host,
    private facts: () => Facts | undefined,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    const facts = this.facts();
    if (!facts) {
      return;
    }
    for (const walker of facts.walkers) {
      const state = stageOf(facts.context, walker)?.state;
      if (state === IDLE && remembered(walker)) {
        remember(walker, undefined);
      }
      const wanted = remembered(walker) ?? (facts.context.config.open_session ? "open" : undefined);
      if (wanted === "open" && this.mayOpen(state)) {
        this.open(walker);
      }
    }
    this.draw(facts);
  }

  hostDisconnected(): void {
    this.remove();
  }

  /** Shows a walker's session because somebody asked for it. */
  show(walker: Walker): void {
    this.open(walker);
    this.screen?.touched();
    this.host.requestUpdate();
  }

  /** One session at a time: a page may hold several cards of one walker. */
  private mayOpen(state: string | undefined): boolean {
    const runs = state !== undefined && ![IDLE, "unavailable", "unknown"].includes(state);
    return runs && !this.host.preview && !document.querySelector(ELEMENT);
  }

  private open(walker: Walker): void {
    this.remove();
    remember(walker, "open");
    this.walker = walker;
    this.screen = document.createElement(ELEMENT) as RetrostepSession;
    this.screen.leave = () => {
      remember(walker, "closed");
      this.remove();
      const opener = `[data-opens="${walker.entry_id}"]`;
      this.host.shadowRoot?.querySelector<HTMLElement>(opener)?.focus();
    };
    document.body.append(this.screen);
  }

  private remove(): void {
    this.screen?.remove();
    this.screen = this.walker = undefined;
  }

  private draw({ context, walkers, failure }: Facts): void {
    const walker = walkers.find(({ entry_id }) => entry_id === this.walker?.entry_id);
    if (!this.screen || !walker) {
      this.remove();
      return;
    }
    const model = walkerModel(context.hass, walker, context.now);
    const told = stageOf(context, walker);
    const over = told?.state === IDLE;
    const guided = model.guided && this.live(model.guided, told, model.steps);
    const result = over ? (guidedResult(told) ?? null) : undefined;
    this.screen.shown = { context, model, guided, result, failure };
  }

  /** Takes off the steps that have come since Home Assistant told how many are left, which it does every 10 s. */
  private live(guided: Guided, told: HassEntity | undefined, steps: number): Guided {
    if (this.steps.told !== told) {
      this.steps = { told, then: steps };
    }
    const { remaining, unit, direction } = guided;
    if (remaining === undefined || unit !== "steps" || direction !== "backward") {
      return guided;
    }
    return { ...guided, remaining: Math.max(0, remaining - Math.max(0, steps - this.steps.then)) };
  }
}

function stageOf({ hass }: Context, walker: Walker): HassEntity | undefined {
  return hass.states[walker.entities["sensor.guided_session_stage"] ?? ""];
}
