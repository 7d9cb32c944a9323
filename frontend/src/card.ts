/** The card: one walker or several side by side. */

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { Gestures } from "./actions";
import { showsOther } from "./changes";
import { say, type ChosenDay, type Context } from "./context";
import { configProblem } from "./config";
import { configForm } from "./editor";
import { FeedController, feedOf, type FeedState } from "./feed";
import { hasTexts, inOneLanguage, TextsController } from "./localize";
import { walkerModel, type WalkerModel } from "./model";
import { FORWARD_FADES_MS, ForwardMotion } from "./motion";
import { ADD_PAGE } from "./pages";
import { PlaceController } from "./place";
import { ScreenController } from "./screens";
import { RhythmController, type Rhythm } from "./rhythm";
import { chosenWalkers } from "./select";
import { StartController } from "./starting";
import { bars, base } from "./styles";
import { rings } from "./styles-feature";
import { narrow } from "./styles-narrow";
import { parts } from "./styles-parts";
import { walkers } from "./styles-walker";
import type { CardConfig, HomeAssistant, Layout, Walker } from "./types";
import { configError, cure, drawingProblem, feedProblem, message } from "./problems";
import { walkerView } from "./walker";

const SECOND_MS = 1000;
/** What shows minutes is drawn so often. */
const MINUTES_MS = 20_000;
const SIZES: Record<Layout, number> = { compact: 1, standard: 6, tall: 9 };

export class RetrostepCard extends LitElement {
  static override styles = [base, rings, walkers, parts, bars, narrow];
  static override properties = {
    hass: { attribute: false },
    layout: { attribute: false },
    preview: { attribute: false },
    config: { state: true },
    feed: { state: true },
    failure: { state: true },
    chosen: { state: true },
  };

  hass?: HomeAssistant;
  layout?: string;
  /** Home Assistant shows the card only to choose or to edit it. */
  preview?: boolean;
  private config?: CardConfig;
  private feed: FeedState = {};
  private failure: string | undefined;
  private chosen: ChosenDay | undefined;

  /** What was drawn last. */
  private models: WalkerModel[] = [];
  private walksForward = false;
  private motion = new ForwardMotion();
  protected rhythm = new RhythmController(this, () => this.nextDrawing());
  private gestures = new Map<string, Gestures>();
  private starting = new StartController(this, (what) => this.attempt(what));
  private screens = new ScreenController(this, () => {
    const context = this.surroundings();
    return context ? { context, walkers: this.walkers(), failure: this.failure } : undefined;
  });
  protected place = new PlaceController(this);
  protected texts = new TextsController(this);
  protected walkersTold = new FeedController(this, (feed) => (this.feed = feed));

  static getConfigForm(): object {
    return configForm();
  }

  static getStubConfig(): object {
    return { layout: "standard" };
  }

  /** Takes over the card's configuration; Home Assistant shows what is thrown. */
  setConfig(config: CardConfig): void {
    const problem = configProblem(config);
    if (problem) {
      throw new Error(configError(this.hass, problem));
    }
    this.config = { ...config, layout: config.layout ?? "standard" };
  }

  getCardSize(): number {
    return SIZES[this.config?.layout ?? "standard"];
  }

  getGridOptions(): object {
    return this.config?.layout === "compact"
      ? { columns: 12, rows: "auto", min_columns: 6, min_rows: 1 }
      : { columns: 12, rows: "auto", min_columns: 6 };
  }

  /** Renders for nothing but what is shown: states come for the whole house. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    if (changed.size > 1 || !changed.has("hass")) {
      return true;
    }
    return showsOther(changed.get("hass") as HomeAssistant | undefined, this.hass, this.walkers());
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("hass")) {
      if (this.feed.error && this.hass?.config.components.includes("retrostep")) {
        feedOf(this.hass).retry();
      }
    }
  }

  private walkers(): Walker[] {
    return chosenWalkers(this.config ?? {}, this.feed.walkers ?? []);
  }

  private surroundings(): Context | false | undefined {
    const { hass, config } = this;
    return (
      hass &&
      config &&
      hasTexts(hass.locale.language) && {
        hass: inOneLanguage(hass),
        config,
        now: new Date(),
        many: this.walkers().length > 1,
        press: (entityId) => this.press(entityId),
        push: (entityId) =>
          void this.attempt((known) => known.callService("button", "press", { entity_id: entityId })),
        act: (action, entryId) =>
          void this.attempt((known) => known.callService("retrostep", action, { config_entry_id: entryId })),
        fill: (walker) => this.screens.show(walker),
        start: this.starting,
        chosen: this.chosen,
        choose: (day) => (this.chosen = day),
      }
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const context = this.surroundings();
    if (!context) {
      return nothing;
    }
    try {
      return html`<ha-card>${this.content(context)}${this.complaint(context)}</ha-card>`;
    } catch (error) {
      return html`<ha-card>${drawingProblem(context, error)}</ha-card>`;
    }
  }

  private content(context: Context): TemplateResult {
    const { error, walkers: known } = this.feed;
    this.models = [];
    this.walksForward = false;
    if (error) {
      return feedProblem(context, error);
    }
    if (!known) {
      return html`<div class="message">
        <span class="quiet" role="status">${say(context, "loading")}</span>
      </div>`;
    }
    const walkers = this.walkers();
    if (walkers.length === 0) {
      return known.length
        ? message(say(context, "none.title"), say(context, "none.chosen"))
        : message(say(context, "none.title"), say(context, "none.text"), cure(context, ADD_PAGE, "none.add"));
    }
    const models = walkers.map((walker) => walkerModel(context.hass, walker, context.now));
    const forward = models.map((model) =>
      this.motion.update(model.walker.entry_id, model.forward, context.now.getTime()),
    );
    this.models = models;
    this.walksForward = forward.includes(true);
    return html`<div class="walkers ${context.many ? "many" : ""}">
      ${models.map(
        (model, index) => html`<div class="one">${walkerView(context, model, forward[index] === true)}</div>`,
      )}
    </div>`;
  }

  private complaint(context: Context): TemplateResult | typeof nothing {
    return this.failure
      ? html`<p class="hint" role="alert">${say(context, "action.failed", { detail: this.failure })}</p>`
      : nothing;
  }

  /** Every second while something is counted down, less often while somebody sits, else not by itself. */
  private nextDrawing(): Rhythm {
    const seconds = this.models.some(({ guided }) => guided?.endsAt && !guided.waiting);
    const minutes = this.models.some(({ sitting }) => sitting?.counts);
    return {
      every_ms: seconds ? SECOND_MS : minutes ? MINUTES_MS : 0,
      once_ms: this.walksForward ? FORWARD_FADES_MS + 50 : 0,
    };
  }

  private press(entityId: string | undefined): { down(): void; cancel(): void; click(): void } {
    const key = entityId ?? "";
    let gestures = this.gestures.get(key);
    if (!gestures) {
      gestures = new Gestures(this, () => this.config as CardConfig);
      this.gestures.set(key, gestures);
    }
    const known = gestures;
    return {
      down: () => known.down(entityId),
      cancel: () => known.cancel(),
      click: () => known.click(entityId),
    };
  }

  private async attempt(what: (hass: HomeAssistant) => Promise<unknown>): Promise<void> {
    this.failure = undefined;
    try {
      if (this.hass) {
        await what(this.hass);
      }
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String((error as { message?: string }).message);
    }
  }
}
