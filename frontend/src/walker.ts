/** One walker in the three layouts, and what stands there when there is nothing to count. */

import { html, nothing, type TemplateResult } from "lit";
import { hours, week } from "./bars";
import { amount, isShown, say, type Context } from "./context";
import { formatDate, formatNumber } from "./format";
import { guidedSession, left } from "./guided";
import { icon } from "./icons";
import { pluralText } from "./localize";
import type { WalkerModel } from "./model";
import { devicePage, INTEGRATION_PAGE } from "./pages";
import {
  arcs,
  bare,
  directionOf,
  facts,
  headline,
  lastSession,
  ofGoal,
  opens,
  pulse,
  ring,
  share,
  sitting,
  streak,
  todaysGoal,
} from "./parts";
import { cure, message } from "./problems";
import { startSession } from "./starting";
import type { Part } from "./types";

/** A walker in the layout of the card; `forward`: forward steps have just come. */
export function walkerView(context: Context, model: WalkerModel, forward: boolean): TemplateResult {
  const { name } = model.walker;
  const { status } = model;
  if (status !== "ok") {
    const page = status === "disabled" ? devicePage(model.walker.device_id) : INTEGRATION_PAGE;
    return message(
      say(context, `${status}.title`, { name }),
      say(context, `${status}.text`, { name }),
      status === "waiting" ? nothing : cure(context, page, "none.open"),
    );
  }
  return context.config.layout === "compact"
    ? compact(context, model, forward)
    : full(context, model, forward);
}

function hint(context: Context, model: WalkerModel): TemplateResult | typeof nothing {
  if (!model.hint || !isShown(context.config, "hint")) {
    return nothing;
  }
  const pod = model.walker.pods[0];
  const where = {
    no_pod: INTEGRATION_PAGE,
    pod_away: devicePage(pod?.device_id),
    pod_saves: "",
    first_day: "",
  };
  const page = where[model.hint];
  return html`<div class="hint">
    ${icon("info")}
    <div>
      <p>${say(context, model.hint, { name: model.walker.name })}</p>
      ${page ? cure(context, page, pod ? "pod.open" : "none.open") : nothing}
    </div>
  </div>`;
}

const languageOf = (tag = "en"): string | undefined => tag.split("-")[0];

const EXPLANATIONS = "component.retrostep.entity.sensor.daily_goal_progress.state_attributes.explanation";

/** Why the goal is what it is: by Home Assistant's texts, else as the house tells it if that is the same language. */
function explanation(context: Context, model: WalkerModel): TemplateResult | typeof nothing {
  const { hass } = context;
  const { key, values } = model.walker.explanation ?? { key: "", values: {} };
  // What the walker set is seen in the ring.
  if (key === "fixed") {
    return nothing;
  }
  const write = (value: (typeof values)[string]): string =>
    typeof value === "object"
      ? amount(context, value.kind, value.value)
      : typeof value === "number"
        ? formatNumber(hass, value)
        : formatDate(hass, value, { day: "numeric", month: "long" });
  const written = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, write(value)]));
  const isOfTheHouse = languageOf(hass.config.language) === languageOf(hass.locale.language);
  const told =
    (key && hass.localize?.(`${EXPLANATIONS}.state.${key}`, written)) ||
    (isOfTheHouse && model.goal?.explanation);
  return told ? html`<p class="quiet why">${told}</p>` : nothing;
}

function full(context: Context, model: WalkerModel, forward: boolean): TemplateResult {
  const { config } = context;
  const part = (name: Part, content: unknown) => (isShown(config, name) ? content : nothing);
  const tall = config.layout === "tall";
  return html`<div class="walker" role="group" aria-label=${model.walker.name}>
    <div class="head ${directionOf(model, forward) ? "walks" : ""}">
      <h2>${model.walker.name}</h2>
      <span class="live" role="status">${pulse(context, model, forward)}</span>
      ${part("streak", streak(context, model))}
    </div>
    ${
      model.guided
        ? html`${guidedSession(context, model, model.guided)} ${todaysGoal(context, model)}`
        : html`<div class="main">
            ${ring(context, model)}
            <div class="side">
              <strong class="headline">${headline(context, model)}</strong>
              ${facts(context, model)} ${part("share", share(context, model))}
            </div>
          </div>`
    }
    ${tall && !model.guided ? explanation(context, model) : nothing} ${part("week", week(context, model))}
    ${tall ? hours(context, model) : nothing} ${part("sitting", sitting(context, model))}
    ${part("last", lastSession(context, model))} ${hint(context, model)}
    ${tall ? startSession(context, model) : nothing}
  </div>`;
}

/** As high as a tile of Home Assistant: whose day, where it stands, and the number with what it is of. */
function compact(context: Context, model: WalkerModel, forward: boolean): TemplateResult {
  const { goal, guided, steps, walker } = model;
  const { language } = context.hass.locale;
  const direction = directionOf(model, forward);
  const due = model.sitting?.state === "due" ? say(context, "sitting.due") : undefined;
  const told = guided ? `${say(context, "session")} · ${left(context, guided)}` : due;
  const walks = !told && direction;
  const below = walks
    ? html`<span class="live">${pulse(context, model, forward, true)}</span>`
    : (told ?? headline(context, model));
  const progress = guided ? guided.progress : (goal?.progress ?? 0);
  return html`<div class="walker compact" role="group" aria-label=${walker.name}>
    ${opens(
      context,
      walker.entities["sensor.backward_steps_today"],
      `line ${told || walks ? "told" : ""}`,
      html`<span class="mini"
          >${arcs(progress, goal?.met ? "met" : "")}${icon(goal?.met ? "check" : "shoePrint")}</span
        >
        <b class="name">${walker.name}</b> <span class="below quiet">${below}</span>
        <b class="number">${goal ? bare(context, goal) : formatNumber(context.hass, steps)}</b>
        <span class="of">${goal ? ofGoal(context, goal) : pluralText(language, "fact.steps", steps)}</span>`,
    )}
    ${isShown(context.config, "streak") ? streak(context, model) : nothing}
  </div>`;
}
