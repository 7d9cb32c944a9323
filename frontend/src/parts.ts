/** The parts of a walker's card: ring, figures, share, streak, sitting, last session. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { ringArcs } from "./chart";
import { amount, say, type Context } from "./context";
import {
  formatCountdown,
  formatDuration,
  formatLength,
  formatNumber,
  formatPercent,
  formatTime,
  formatWhen,
  lengthIn,
} from "./format";
import { icon } from "./icons";
import { optionalText, pluralText } from "./localize";
import type { Goal, Sitting, WalkerModel } from "./model";

type Speaker = Pick<Context, "hass">;
type Part = TemplateResult | typeof nothing;

const RADIUS = 52;

/**
 * Wraps content into a button that opens an entity, or plain text where there is none. Its name is its
 * content, so that it can be called by what is seen; what only ears need is in it, hidden.
 */
export function opens(
  context: Context,
  entityId: string | undefined,
  className: string,
  content: unknown,
): TemplateResult {
  if (!entityId) {
    return html`<div class=${className}>${content}</div>`;
  }
  const { down, cancel, click } = context.press(entityId);
  return html`<button
    type="button"
    class="plain ${className}"
    @pointerdown=${down}
    @pointercancel=${cancel}
    @pointerleave=${cancel}
    @click=${click}
  >
    ${content}
  </button>`;
}

/** Draws arcs from the top backward, against the clock. */
export function arcs(progress: number, className = ""): TemplateResult {
  const { first, second } = ringArcs(progress);
  const arc = (share: number, name: string) =>
    share > 0
      ? svg`<circle class=${name} cx="60" cy="60" r=${RADIUS} pathLength="100" stroke-dasharray="${share * 100} 100"></circle>`
      : nothing;
  return html`<svg class="arcs ${className}" viewBox="0 0 120 120" aria-hidden="true">
    <circle class="track" cx="60" cy="60" r=${RADIUS}></circle>
    <g transform="translate(120 0) scale(-1 1) rotate(-90 60 60)">
      ${arc(first, "arc")} ${arc(second, "arc again")}
    </g>
  </svg>`;
}

/** Today's count inside the ring of today's goal. */
export function ring(context: Context, model: WalkerModel): TemplateResult {
  const { hass } = context;
  const { goal, steps, walkingBackward } = model;
  const below = goal ? ofGoal(context, goal) : pluralText(hass.locale.language, "fact.steps", steps);
  const count = goal ? bare(context, goal) : formatNumber(hass, steps);
  const size = count.length > 6 ? "tiny" : count.length > 4 ? "small" : "";
  const content = html`
    ${arcs(goal ? goal.progress : 0, goal?.met ? "met" : "")}
    ${walkingBackward ? keyed(steps, html`<span class="halo"></span>`) : nothing}
    <span class="count"><b class=${size}>${count}</b> <span class="of">${below}</span></span>
    ${goal ? html`<span class="hidden">, ${formatPercent(hass, goal.progress)}</span>` : nothing}
    ${goal?.met ? html`<span class="badge">${icon("check")}</span>` : nothing}
  `;
  const entities = model.walker.entities;
  return opens(
    context,
    entities["sensor.backward_steps_today"] ?? entities["sensor.daily_goal_progress"],
    "ring",
    content,
  );
}

/** What a number is of. */
export function ofGoal(context: Speaker, { kind, value }: Pick<Goal, "kind" | "value">): string {
  return say(context, "of_goal", { goal: amount(context, kind, value) });
}

/** What is done of a goal, as short as it fits into the ring. */
export function bare({ hass }: Speaker, { kind, done }: Pick<Goal, "kind" | "done">): string {
  switch (kind) {
    case "minutes":
      return formatCountdown(Math.round(done * 60));
    case "metres":
      return formatNumber(hass, lengthIn(hass, done).value);
    default:
      return formatNumber(hass, done);
  }
}

/** One line on where the day stands. */
export function headline(context: Context, model: WalkerModel): string {
  const { goal } = model;
  if (!goal) {
    return say(context, "no_goal");
  }
  if (goal.met) {
    return goal.progress >= 1.1
      ? `${say(context, "goal_reached")} · ${formatPercent(context.hass, goal.progress)}`
      : say(context, "goal_reached");
  }
  if (goal.status !== "active") {
    return say(context, goal.status === "paused" ? "paused" : "rest_day");
  }
  return say(context, "to_go", { amount: amount(context, goal.kind, Math.max(goal.value - goal.done, 0)) });
}

const gauge = (share: number): TemplateResult =>
  html`<span class="gauge"><i style="inline-size:${(Math.min(share, 1) * 100).toFixed(1)}%"></i></span>`;

/** Today's goal in a row, while something else stands where its ring is. */
export function todaysGoal(context: Context, model: WalkerModel): Part {
  const { goal, walker } = model;
  if (!goal) {
    return nothing;
  }
  return html`<div class="row today-goal ${goal.met ? "met" : ""}">
    ${icon(goal.met ? "check" : "shoePrint")}
    ${opens(
      context,
      walker.entities["sensor.daily_goal_progress"],
      "grow",
      html`<span class="between"
          ><span>${bare(context, goal)} ${ofGoal(context, goal)}</span
          ><span class="quiet">${headline(context, model)}</span></span
        >${gauge(goal.progress)}`,
    )}
  </div>`;
}

/** Distance, time and sessions, and steps where the goal counts something else. */
export function facts(context: Context, model: WalkerModel): TemplateResult {
  const { hass } = context;
  const { entities } = model.walker;
  const { language } = hass.locale;
  const rows: [string, string | undefined, string | undefined][] = [
    [
      say(context, "fact.distance"),
      model.distance && hass.formatEntityState(model.distance),
      entities["sensor.backward_distance_today"],
    ],
    [
      say(context, "fact.time"),
      model.walkingS === undefined ? undefined : formatDuration(hass, model.walkingS),
      entities["sensor.backward_minutes_today"],
    ],
    [
      pluralText(language, "fact.sessions", model.sessions ?? 0),
      model.sessions === undefined ? undefined : formatNumber(hass, model.sessions),
      entities["sensor.sessions_today"],
    ],
  ];
  if (model.goal && model.goal.kind !== "steps") {
    rows[2] = [
      pluralText(language, "fact.steps", model.steps),
      formatNumber(hass, model.steps),
      entities["sensor.backward_steps_today"],
    ];
  }
  return html`<div class="facts">
    ${rows.map(([name, value, entityId]) =>
      value === undefined
        ? nothing
        : opens(context, entityId, "fact", html`<b>${value}</b> <span>${name}</span>`),
    )}
  </div>`;
}

/** How much of today's walking went backward. */
export function share(context: Context, model: WalkerModel): Part {
  const { steps, forward } = model;
  if (forward === undefined || steps + forward === 0) {
    return nothing;
  }
  const { hass } = context;
  const part = steps / (steps + forward);
  const backward = `${say(context, "backward")} ${formatNumber(hass, steps)}`;
  const onward = `${say(context, "forward")} ${formatNumber(hass, forward)}`;
  return opens(
    context,
    model.walker.entities["sensor.backward_share_today"] ??
      model.walker.entities["sensor.forward_steps_today"],
    "share",
    html`<span class="split"><i style="flex-grow:${part}"></i><i style="flex-grow:${1 - part}"></i></span>
      <span class="legend">
        <span><i class="dot backward"></i>${backward}</span>
        <span>${onward}<i class="dot forward"></i></span>
      </span>`,
  );
}

/** Which way somebody walks now. */
export function directionOf(model: WalkerModel, forward: boolean): "backward" | "forward" | undefined {
  return model.walkingBackward ? "backward" : forward ? "forward" : undefined;
}

/** Which way somebody walks now, with arrows that run that way; `brief`: without the cadence. */
export function pulse(context: Context, model: WalkerModel, forward: boolean, brief = false): Part {
  const direction = directionOf(model, forward);
  if (!direction) {
    return nothing;
  }
  const arrow = icon(direction === "backward" ? "chevronLeft" : "chevronRight");
  const cadence =
    model.cadence && direction === "backward" && !brief
      ? html`<span class="cadence"
          >${say(context, "cadence", { rate: formatNumber(context.hass, model.cadence) })}</span
        >`
      : nothing;
  return html`<span class="pulse ${direction}">
    <span class="arrows">${arrow}${arrow}${arrow}</span>
    <span>${say(context, `pulse.${direction}`)}</span>
    ${cadence}
  </span>`;
}

const daysOf = (context: Speaker, days: number) => ({ days: formatNumber(context.hass, days) });

/** How many days in a row it is, in words. */
export function streakText(context: Speaker, days: number): string {
  return pluralText(context.hass.locale.language, "streak", days, daysOf(context, days));
}

/** Days in a row. */
export function streak(context: Context, model: WalkerModel): Part {
  const days = model.streak;
  if (!days || days < 1) {
    return nothing;
  }
  const best =
    model.bestStreak && model.bestStreak > days
      ? `, ${say(context, "streak.best", daysOf(context, model.bestStreak))}`
      : "";
  return opens(
    context,
    model.walker.entities["sensor.goal_streak"],
    "chip",
    html`${icon("fire")}<span class="hidden">${streakText(context, days)}${best}:</span
      ><span>${pluralText(context.hass.locale.language, "streak.short", days, daysOf(context, days))}</span>`,
  );
}

function sittingText(context: Context, sitting: Sitting): string {
  const { hass } = context;
  const language = hass.locale.language;
  switch (sitting.state) {
    case "sitting":
      return say(context, "sitting.value", { minutes: formatDuration(hass, (sitting.minutes ?? 0) * 60) });
    case "due":
      return say(context, "sitting.due");
    case "snoozed":
      return (sitting.snoozedUntil ?? sitting.nextReminder)
        ? say(context, "sitting.snoozed", {
            time: formatTime(hass, (sitting.snoozedUntil ?? sitting.nextReminder) as Date),
          })
        : say(context, "snooze");
    case "quiet":
      return optionalText(language, `sitting.quiet.${sitting.reason ?? ""}`) ?? say(context, "sitting.quiet");
    default:
      return optionalText(language, `sitting.${sitting.state}`) ?? say(context, "sitting.unknown");
  }
}

/** How long the walker sits, when the next reminder comes, and Snooze. */
export function sitting(context: Context, model: WalkerModel): Part {
  const sit = model.sitting;
  if (!sit) {
    return nothing;
  }
  const { hass } = context;
  const { name, entities, entry_id } = model.walker;
  const { snooze } = sit;
  const title = sittingText(context, sit);
  const next =
    sit.nextReminder && sit.state === "sitting"
      ? say(context, "sitting.next", { time: formatTime(hass, sit.nextReminder) })
      : sit.state === "due" && sit.minutes !== undefined
        ? say(context, "sitting.value", { minutes: formatDuration(hass, sit.minutes * 60) })
        : "";
  const canSnooze = sit.state === "due" || sit.state === "sitting";
  const button = (key: "snooze" | "dismiss", press: () => void) =>
    html`<button
      type="button"
      class="action"
      aria-label=${say(context, "button.label", { action: say(context, key), name })}
      @click=${press}
    >
      ${say(context, key)}
    </button>`;
  return html`<div class="row sitting ${sit.state}">
    ${icon("seat")}
    ${opens(
      context,
      entities["sensor.sitting_time"] ?? entities["sensor.sitting_state"],
      "grow",
      html`<span class="between"><span>${title}</span><span class="quiet">${next}</span></span> ${
          sit.counts ? gauge((sit.minutes ?? 0) / sit.thresholdMinutes) : nothing
        }`,
    )}
    <span class="tools">
      ${canSnooze && snooze ? button("snooze", () => context.push(snooze)) : nothing}
      ${sit.state === "due" ? button("dismiss", () => context.act("dismiss", entry_id)) : nothing}
    </span>
  </div>`;
}

/** The newest session. */
export function lastSession(context: Context, model: WalkerModel): Part {
  const { last, walker } = model;
  if (!last) {
    return nothing;
  }
  const { hass } = context;
  const start = new Date(last.start);
  const length_s = (new Date(last.end).getTime() - start.getTime()) / 1000;
  const what = [
    formatDuration(hass, length_s),
    amount(context, "steps", last.steps),
    formatLength(hass, last.distance_m),
  ].join(" · ");
  const when = formatWhen(hass, start, context.now);
  return html`<div class="row last">
    ${icon("clock")}
    ${opens(
      context,
      walker.entities["sensor.last_session"],
      "grow",
      html`<span class="between">
        <span>${say(context, "last")} <span class="quiet">${when}</span></span
        ><span class="quiet">${what}</span>
      </span>`,
    )}
  </div>`;
}
