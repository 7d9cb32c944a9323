/** Today's goal of a walker as a feature of Home Assistant's own cards: a ring and a number in a tile. */

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { showsOther } from "./changes";
import { amount, say, type Context } from "./context";
import { featureForm } from "./editor";
import { FeedController, type FeedState } from "./feed";
import { formatNumber, formatPercent } from "./format";
import { icon } from "./icons";
import { hasTexts, inOneLanguage, pluralText, TextsController } from "./localize";
import { walkerModel, type WalkerModel } from "./model";
import { arcs, bare, ofGoal, streakText } from "./parts";
import { isOurs, walkerOf } from "./select";
import { base } from "./styles";
import { feature, rings } from "./styles-feature";
import type { FeatureConfig, HomeAssistant, Walker } from "./types";

/** Name of the element and, after "custom:", type of the feature. */
export const GOAL_FEATURE = "retrostep-goal-feature";

/** What Home Assistant tells a feature of the card it is in. */
interface Place {
  entity_id?: string;
}

type Speaker = Pick<Context, "hass">;

/** Says whether the feature can be added to a card of this entity. */
export function isSupported(hass: HomeAssistant, place: Place): boolean {
  return isOurs(hass, place.entity_id);
}

export class RetrostepGoalFeature extends LitElement {
  static override styles = [base, rings, feature];
  static override properties = {
    hass: { attribute: false },
    context: { attribute: false },
    color: { attribute: false },
    config: { state: true },
    feed: { state: true },
  };

  hass?: HomeAssistant;
  context?: Place;
  /** The color chosen for the card, if one was. */
  color?: string;
  private config?: FeatureConfig;
  private feed: FeedState = {};

  protected texts = new TextsController(this);
  protected walkersTold = new FeedController(this, (feed) => (this.feed = feed));

  static getConfigForm(): object {
    return featureForm();
  }

  static getStubConfig(): FeatureConfig {
    return { type: `custom:${GOAL_FEATURE}`, number: "done" };
  }

  setConfig(config: FeatureConfig): void {
    this.config = config;
  }

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    if (changed.size > 1 || !changed.has("hass")) {
      return true;
    }
    const walker = this.walker();
    return showsOther(changed.get("hass") as HomeAssistant | undefined, this.hass, walker ? [walker] : []);
  }

  private walker(): Walker | undefined {
    const id = this.context?.entity_id;
    return this.hass && id ? walkerOf(this.hass, id, this.feed.walkers ?? []) : undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { hass, config, feed } = this;
    if (!hass || !config || !hasTexts(hass.locale.language)) {
      return nothing;
    }
    const context = { hass: inOneLanguage(hass) };
    const walker = this.walker();
    if (!walker) {
      return told(say(context, feed.error ? "error.title" : feed.walkers ? "feature.none" : "loading"));
    }
    const model = walkerModel(context.hass, walker, new Date());
    return model.status === "ok"
      ? goal(context, model, config, this.color !== undefined)
      : told(say(context, `${model.status}.title`, { name: walker.name }));
  }
}

const told = (what: string): TemplateResult => html`<div class="told quiet">${what}</div>`;

/** The number, and what it is of. */
function figures(context: Speaker, model: WalkerModel, config: FeatureConfig): [string, string] {
  const { hass } = context;
  const { goal, steps } = model;
  if (!goal) {
    return [formatNumber(hass, steps), pluralText(hass.locale.language, "fact.steps", steps)];
  }
  if (config.number === "percent") {
    return [formatPercent(hass, goal.progress), ofGoal(context, goal)];
  }
  if (config.number === "left" && !goal.met) {
    return [amount(context, goal.kind, Math.max(goal.value - goal.done, 0)), say(context, "feature.left")];
  }
  return [bare(context, goal), ofGoal(context, goal)];
}

/** What is shown, for those who hear it. */
function spoken(context: Speaker, { walker, goal, steps, streak }: WalkerModel): string {
  const done = amount(context, goal?.kind ?? "steps", goal ? goal.done : steps);
  const values = { day: walker.name, done };
  return [
    goal
      ? say(context, "week.day.goal", { ...values, goal: amount(context, goal.kind, goal.value) })
      : say(context, "week.day", values),
    ...(goal ? [formatPercent(context.hass, goal.progress)] : []),
    ...(streak ? [streakText(context, streak)] : []),
  ].join(", ");
}

function goal(context: Speaker, model: WalkerModel, config: FeatureConfig, tinted: boolean): TemplateResult {
  const { goal, streak } = model;
  const [number, of] = figures(context, model, config);
  const days =
    config.show_streak && streak
      ? html`<span class="streak">${icon("fire")}${formatNumber(context.hass, streak)}</span>`
      : nothing;
  return html`<div class="goal ${tinted ? "tinted" : ""}" role="img" aria-label=${spoken(context, model)}>
    <div class="words">
      <b>${number}</b>
      <span class="below">${config.show_goal === false ? nothing : html`<span>${of}</span>`}${days}</span>
    </div>
    ${
      config.show_ring === false
        ? nothing
        : html`<span class="mini"
            >${arcs(goal?.progress ?? 0, goal?.met ? "met" : "")}${icon(
              goal?.met ? "check" : "shoePrint",
            )}</span
          >`
    }
  </div>`;
}
