/** A guided session over the whole window, to be read from three meters. */

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say, type Context } from "./context";
import { formatDuration, formatLength, formatNumber, lengthIn } from "./format";
import { amountOf, left, stageName, waitingText } from "./guided";
import { icon } from "./icons";
import { pluralText } from "./localize";
import type { Guided, WalkerModel } from "./model";
import { ScreenLock, Signals, type Awake } from "./signals";
import { base } from "./styles";
import { session } from "./styles-session";
import type { GuidedResult } from "./types";

/** What the screen shows; nothing of it changes by itself. */
export interface Shown {
  context: Context;
  model: WalkerModel;
  /** The session, undefined while Home Assistant does not tell. */
  guided: Guided | undefined;
  /** What became of a session that is over; null if nobody knows. */
  result: GuidedResult | null | undefined;
  failure: string | undefined;
}

/** A result is shown for so long, then the tablet on the wall shows its dashboard again. */
export const RESULT_MS = 60_000;

export class RetrostepSession extends LitElement {
  static override styles = [base, session];
  static override properties = {
    shown: { attribute: false },
    leave: { attribute: false },
    awake: { state: true },
  };

  shown?: Shown;
  /** Called when somebody closes the screen. */
  leave: () => void = () => undefined;
  private awake: Awake = "unasked";

  private stage = "";
  private later: number | undefined;
  private signals = new Signals();
  private lock = new ScreenLock((awake) => (this.awake = awake));

  /** Somebody has just touched the page, so it may sound. */
  touched(): void {
    this.signals.allow();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.lock.hold();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.lock.release();
    this.signals.close();
    window.clearTimeout(this.later);
  }

  protected override willUpdate(): void {
    this.toggleAttribute("rtl", getComputedStyle(document.documentElement).direction === "rtl");
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("shown")) {
      // A button that had the focus may be gone, and Escape with it.
      if (!changed.get("shown") || document.activeElement === document.body) {
        this.renderRoot.querySelector<HTMLElement>("[role=dialog]")?.focus();
      }
      this.notice();
    }
  }

  /** Signals a stage that has begun or the end; not what was there when the screen opened. */
  private notice(): void {
    const { guided, result } = this.shown as Shown;
    const ended = result !== undefined;
    const stage = ended ? "ended" : guided ? `${guided.number} ${guided.stage}` : this.stage;
    if (stage === this.stage) {
      return;
    }
    if (this.stage) {
      this.signals.stage(ended ? undefined : guided?.direction);
    }
    this.stage = stage;
    if (ended) {
      this.later = window.setTimeout(() => this.leave(), RESULT_MS);
    }
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.leave();
    } else if (event.key === "Tab") {
      // The focus goes round: what lies below the screen can't be seen.
      const buttons = [...this.renderRoot.querySelectorAll("button")];
      const at = buttons.indexOf(this.shadowRoot?.activeElement as HTMLButtonElement);
      const next = event.shiftKey ? (at < 0 ? 0 : at) - 1 : at + 1;
      event.preventDefault();
      buttons.at(next % buttons.length)?.focus();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.shown) {
      return nothing;
    }
    const { context, model, guided, result, failure } = this.shown;
    const over = result !== undefined;
    const ended = result?.completed === false ? "" : "over";
    const way = over ? ended : guided?.waiting || !guided ? "waits" : (guided.direction ?? "");
    return html`<div
      class="screen ${way}"
      role="dialog"
      aria-modal="true"
      aria-label=${`${say(context, "session")}, ${model.walker.name}`}
      tabindex="-1"
      @keydown=${this.key}
      @pointerdown=${this.touched}
    >
      <div class="top">
        <span>${model.walker.name}${guided && !over ? number(context, guided) : nothing}</span>
        <button type="button" class="close" aria-label=${say(context, "session.close")} @click=${this.leave}>
          ${icon("close")}
        </button>
      </div>
      ${over ? outcome(context, result) : guided ? running(context, guided) : unknown(context, model)}
      ${failure ? html`<p role="alert">${say(context, "action.failed", { detail: failure })}</p>` : nothing}
      ${guided ? this.foot(context, guided) : nothing}
    </div>`;
  }

  private foot(context: Context, { next, nextTarget, nextUnit, stop }: Guided): TemplateResult {
    const { awake } = this;
    const following = next && say(context, "session.next", { stage: stageName(context, next) });
    const target = nextTarget ? `, ${amountOf(context, nextUnit, nextTarget)}` : "";
    return html`<div class="foot">
      ${following ? html`<span class="next">${following}${target}</span>` : nothing}
      ${
        stop
          ? html`<button type="button" class="stop" @click=${() => context.push(stop)}>
              ${icon("stop")}${say(context, "session.stop")}
            </button>`
          : nothing
      }
      ${
        awake === "insecure" || awake === "unable"
          ? html`<p class="quiet">${say(context, `session.awake.${awake}`)}</p>`
          : nothing
      }
    </div>`;
  }
}

function number(context: Context, { number, of }: Guided): string {
  return number && of
    ? ` · ${say(context, "session.stage_of", { number: String(number), of: String(of) })}`
    : "";
}

/** The stage and what is left of it. */
function running(context: Context, guided: Guided): TemplateResult {
  const { hass } = context;
  const { remaining = 0, unit, waiting, direction } = guided;
  const length = lengthIn(hass, remaining);
  const [count, what] =
    unit === "steps"
      ? [formatNumber(hass, remaining), pluralText(hass.locale.language, "session.steps_left", remaining)]
      : unit === "metres"
        ? [formatNumber(hass, length.value), `${length.unit} ${say(context, "session.left")}`]
        : [left(context, guided), say(context, "session.left")];
  const arrow = icon(direction === "backward" ? "chevronLeft" : "chevronRight");
  return html`<div class="stage" role="status">
      ${
        waiting
          ? html`<span class="mark">${icon("pause")}</span>`
          : html`<span class="arrows" aria-hidden="true">${arrow}${arrow}${arrow}</span>`
      }
      <strong>${stageName(context, guided.stage)}</strong>
      ${waiting ? html`<p>${waitingText(context, waiting)}</p>` : nothing}
    </div>
    <div class="left"><b>${count}</b> ${what}</div>
    <div class="gauge"><i style="inline-size:${(guided.progress * 100).toFixed(1)}%"></i></div>`;
}

function unknown(context: Context, { walker }: WalkerModel): TemplateResult {
  return html`<div class="stage" role="status">
    <strong>${say(context, "waiting.title", { name: walker.name })}</strong>
  </div>`;
}

/** What became of a session that is over. */
function outcome(context: Context, result: GuidedResult | null): TemplateResult {
  const { hass } = context;
  const done = result?.completed !== false;
  return html`<div class="stage" role="status">
      <span class="mark">${icon(done ? "check" : "stop")}</span>
      <strong>${say(context, done ? "session.completed" : "session.ended")}</strong>
    </div>
    ${
      result
        ? html`<div class="left">
              <b>${formatNumber(hass, result.backward_steps)}</b> ${pluralText(
                hass.locale.language,
                "steps_backward",
                result.backward_steps,
              )}
            </div>
            <div class="next">
              ${formatDuration(hass, result.backward_seconds)} · ${formatLength(hass, result.backward_metres)}
            </div>`
        : nothing
    }`;
}
