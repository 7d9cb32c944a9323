/** Bars of the card: the last seven days with their own goals, the hours of today. */

import { html, nothing, type TemplateResult } from "lit";
import { dayBars, type DayBar } from "./chart";
import { amount, say, type Context } from "./context";
import { formatDate, formatNumber } from "./format";
import { icon } from "./icons";
import { bare, ofGoal } from "./parts";
import type { WalkerModel } from "./model";
import { partsOf } from "./moments";

const MARKS = { met: "check", paused: "pause", rest: "rest" } as const;

function dayLabel(context: Context, bar: DayBar): string {
  const { day } = bar;
  const values = {
    day: formatDate(context.hass, day.date, { weekday: "long" }),
    done: day.goal
      ? amount(context, day.goal.kind, day.goal.kind === "steps" ? day.backward : day.goal.done)
      : amount(context, "steps", day.backward),
  };
  if (!day.goal) {
    return say(context, "week.day", values);
  }
  const what = say(context, "week.day.goal", {
    ...values,
    goal: amount(context, day.goal.kind, day.goal.value),
  });
  return bar.outcome === "none" ? what : `${what}, ${say(context, `week.${bar.outcome}`)}`;
}

/** What was done on a day, as short as it fits under a narrow card's name. */
function briefly(context: Context, { day }: DayBar): string {
  const { hass } = context;
  const { goal } = day;
  const weekday = formatDate(hass, day.date, { weekday: "short" });
  if (!goal) {
    return say(context, "week.day", { day: weekday, done: amount(context, "steps", day.backward) });
  }
  const done = goal.kind === "steps" ? day.backward : goal.done;
  return say(context, "week.day", {
    day: weekday,
    done: `${bare(context, { kind: goal.kind, done })} ${ofGoal(context, goal)}`,
  });
}

/** Moves to the day before or after, as it is read. */
function move(event: KeyboardEvent): void {
  const bar = event.target as HTMLElement;
  const keys = ["ArrowLeft", "ArrowRight"];
  const [back] = getComputedStyle(bar).direction === "rtl" ? keys.reverse() : keys;
  if (keys.includes(event.key)) {
    const day = bar.parentElement;
    const next = event.key === back ? day?.previousElementSibling : day?.nextElementSibling;
    next?.querySelector<HTMLElement>("button")?.focus();
  }
}

/** The last seven days; each with the line of the goal it had. */
export function week(context: Context, model: WalkerModel): TemplateResult | typeof nothing {
  const { days, walker } = model;
  if (days.length === 0) {
    return nothing;
  }
  const { slug } = walker;
  const bars = dayBars(days, (day) => day.date === walker.today?.date);
  const chosen = context.chosen?.slug === slug ? context.chosen.index : undefined;
  const told = bars[chosen ?? -1];
  return html`<div>
    <p class="quiet" aria-hidden="true">${told ? briefly(context, told) : say(context, "week")}</p>
    <ul class="week" aria-label=${say(context, "week")} @keydown=${move}>
      ${bars.map((bar, index) => {
        const isToday = bar.day.date === walker.today?.date;
        const mark = bar.outcome in MARKS ? MARKS[bar.outcome as keyof typeof MARKS] : undefined;
        const weekday = (weekday: "short" | "narrow") => formatDate(context.hass, bar.day.date, { weekday });
        const choose = () => context.choose({ slug, index });
        const leave = () => context.choose();
        return html`<li class="${bar.outcome} ${isToday ? "today" : ""}">
          <button
            type="button"
            class="plain day"
            tabindex=${index === (chosen ?? bars.length - 1) ? 0 : -1}
            @click=${choose}
            @focus=${choose}
            @blur=${leave}
            @pointerenter=${choose}
            @pointerleave=${leave}
          >
            <span class="column" aria-hidden="true">
              <i class="bar ${bar.cut ? "cut" : ""}" style="block-size:${(bar.height * 100).toFixed(1)}%"></i>
              ${
                bar.goal === undefined
                  ? nothing
                  : html`<i class="goal" style="inset-block-end:${(bar.goal * 100).toFixed(1)}%"></i>`
              }
            </span>
            <span class="mark" aria-hidden="true">${mark ? icon(mark) : nothing}</span>
            <span class="label" aria-hidden="true"
              ><span>${weekday("short")}</span><span>${weekday("narrow")}</span></span
            >
            <span class="hidden">${dayLabel(context, bar)}</span>
          </button>
        </li>`;
      })}
    </ul>
  </div>`;
}

/** Backward and forward steps of each hour of today, as the walker's clock cuts them. */
export function hours(context: Context, model: WalkerModel): TemplateResult | typeof nothing {
  const rows = (model.walker.hours ?? []).map(({ start, backward, forward = 0 }) => ({
    name: hourName(context, new Date(start), model.walker.today?.zone),
    backward,
    forward,
  }));
  const top = Math.max(0, ...rows.map((row) => row.backward + row.forward));
  if (top === 0) {
    return nothing;
  }
  return html`<div class="block">
    <h3>${say(context, "hours")}</h3>
    <ul class="hours">
      ${rows.map(({ name, backward, forward }) => {
        const label = say(context, "hours.label", {
          hour: name,
          backward: formatNumber(context.hass, backward),
          forward: formatNumber(context.hass, forward),
        });
        const percent = (value: number) => `block-size:${((value / top) * 100).toFixed(1)}%`;
        return html`<li title=${label}>
          <i class="forward" style=${percent(forward)}></i><i class="backward" style=${percent(backward)}></i>
          ${backward + forward > 0 ? html`<span class="hidden">${label}</span>` : nothing}
        </li>`;
      })}
    </ul>
    <div class="axis" aria-hidden="true">
      ${[0, 1, 2, 3].map((part) => html`<span>${rows[Math.round((part * rows.length) / 4)]?.name}</span>`)}
    </div>
  </div>`;
}

/** Names an hour by when it begins; with minutes only where it does not begin on the hour. */
function hourName(context: Context, start: Date, timeZone: string | undefined): string {
  const { language, time_format } = context.hass.locale;
  const minute = partsOf(new Intl.DateTimeFormat("en-GB", { minute: "numeric", timeZone }), start).minute;
  return new Intl.DateTimeFormat(language, {
    hour: "numeric",
    timeZone,
    ...(minute ? { minute: "2-digit" as const } : {}),
    ...(time_format === "24" ? { hourCycle: "h23" as const } : {}),
  }).format(start);
}
