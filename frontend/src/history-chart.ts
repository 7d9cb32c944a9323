/** The bars of one walker's history, and what they come to. */

import { html, nothing, type TemplateResult } from "lit";
import { amount, say } from "./context";
import { formatNumber } from "./format";
import type { Past } from "./history-rows";
import type { Period } from "./periods";
import type { HomeAssistant } from "./types";

export interface Chart {
  context: { hass: HomeAssistant };
  name: string;
  period: Period;
  past: Past;
  /** The slot somebody points at; undefined: none. */
  chosen: number | undefined;
  /** What stands beside the name. */
  beside: TemplateResult | typeof nothing;
  /** What is said instead of the sum; undefined: the sum. */
  said: string | undefined;
  choose(slot: number | undefined): void;
}

/** Gives how dates of slots are written, in the zone of the house. */
export function dateFormat(
  { hass }: { hass: HomeAssistant },
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const clock = hass.locale.time_format === "24" && options.hour ? { hourCycle: "h23" as const } : {};
  return new Intl.DateTimeFormat(hass.locale.language, {
    ...options,
    ...clock,
    timeZone: hass.config.time_zone,
  });
}

/** Draws a walker's bars. */
export function chart(shown: Chart): TemplateResult {
  const { context, name, period, past, chosen, beside, said, choose } = shown;
  const { span, backward, forward, goals, met } = past;
  const label = labels(shown);
  const sums = span.slots.map((_, index) => (backward[index] ?? 0) + (forward[index] ?? 0));
  const walked = Math.max(...sums, 0);
  const top = Math.max(walked, ...goals.map((goal) => goal ?? 0));
  const percent = (value: number | undefined) => `${(((value ?? 0) / (top || 1)) * 100).toFixed(1)}%`;
  return html`<div class="chart" role="group" aria-label=${name}>
    <div class="head">
      <h2>${name}</h2>
      <span class="quiet" role="status"
        >${said ?? (chosen === undefined ? total(shown) : label(chosen))}</span
      >
      ${beside}
    </div>
    ${comparison(shown)}
    ${
      walked === 0
        ? html`<p class="empty">${say(context, "history.empty")}</p>`
        : html`<div class="plot">
            <span class="top" aria-hidden="true">${formatNumber(context.hass, top)}</span>
            <ul class=${period} @pointerleave=${() => choose(undefined)}>
              ${span.slots.map(
                (_, index) =>
                  html`<li class=${chosen === index ? "chosen" : ""} @pointerenter=${() => choose(index)}>
                    <i class="forward" style="block-size:${percent(forward[index])}"></i>
                    <i
                      class="backward ${met[index] ? "met" : ""}"
                      style="block-size:${percent(backward[index])}"
                    ></i>
                    ${goals[index] ? html`<i class="goal" style="inset-block-end:${percent(goals[index])}"></i>` : nothing}
                    ${sums[index] ? html`<span class="hidden">${label(index)}</span>` : nothing}
                  </li>`,
              )}
            </ul>
            ${axis(shown)}
          </div>`
    }
  </div>`;
}

function total({ context, past }: Chart): string {
  const { span, sessions } = past;
  return [
    say(context, "history.total", { total: formatNumber(context.hass, past.total) }),
    ...(span.slot === "hour" ? [] : [averageOf(context, past.average)]),
    ...(sessions ? [amount(context, "sessions", sessions)] : []),
  ].join(" · ");
}

function averageOf(context: { hass: HomeAssistant }, average: number): string {
  return say(context, "history.average", { average: formatNumber(context.hass, average) });
}

/** The period before, and on how many days the goal was reached. */
function comparison({ context, period, past }: Chart): TemplateResult | typeof nothing {
  const { hass } = context;
  const { before, asked, reached } = past;
  const told = before
    ? [
        say(context, "history.before", {
          amount:
            period === "day"
              ? say(context, "history.total", { total: formatNumber(hass, before.total) })
              : averageOf(context, before.average),
        }),
      ]
    : [];
  if (asked) {
    told.push(
      say(context, "history.goals", { met: formatNumber(hass, reached), asked: formatNumber(hass, asked) }),
    );
  }
  return told.length ? html`<p class="quiet">${told.join(" · ")}</p>` : nothing;
}

function labels({ context, past }: Chart): (index: number) => string {
  const { hass } = context;
  const { span, backward, forward, met } = past;
  const long = dateFormat(
    context,
    span.slot === "hour"
      ? { hour: "numeric" }
      : span.slot === "day"
        ? { weekday: "long", day: "numeric", month: "long" }
        : { month: "long", year: "numeric" },
  );
  return (index) => {
    const told = say(context, "history.bar", {
      when: long.format(span.slots[index]),
      backward: formatNumber(hass, backward[index] ?? 0),
      forward: formatNumber(hass, forward[index] ?? 0),
    });
    return met[index] ? `${told}, ${say(context, "week.met")}` : told;
  };
}

function axis({ context, period, past }: Chart): TemplateResult {
  const shortOf: Record<Period, Intl.DateTimeFormatOptions> = {
    day: { hour: "numeric" },
    week: { weekday: "short" },
    month: { day: "numeric" },
    year: { month: "narrow" },
  };
  const every = { day: 6, week: 1, month: 7, year: 1 }[period];
  const format = dateFormat(context, shortOf[period]);
  // Days of a month are numbers only: some languages write a word behind them, for which there is no room.
  const short = (slot: Date) =>
    period === "month"
      ? format.formatToParts(slot).find((part) => part.type === "day")?.value
      : format.format(slot);
  return html`<div class="axis ${period}" aria-hidden="true">
    ${past.span.slots.map((slot, index) => html`<span>${index % every ? nothing : short(slot)}</span>`)}
  </div>`;
}
