/** A guided session: stage, what is left of it, what comes next, the metronome's beat. */

import { html, nothing, type TemplateResult } from "lit";
import { amount, say, type Context } from "./context";
import { formatCountdown, formatDuration, formatNumber } from "./format";
import { icon } from "./icons";
import { optionalText } from "./localize";
import type { Guided, WalkerModel } from "./model";
import { arcs, opens } from "./parts";
import type { GoalKind } from "./types";

/** Gives the name of a stage; one the card does not know keeps its own words. */
export function stageName(context: Context, stage: string): string {
  const words = stage.replaceAll("_", " ");
  return (
    optionalText(context.hass.locale.language, `stage.${stage}`) ??
    words.charAt(0).toUpperCase() + words.slice(1)
  );
}

/** Gives what is left of the stage: a clock while it runs, else an amount. */
export function left(context: Context, guided: Guided): string {
  if (guided.endsAt && !guided.waiting) {
    return formatCountdown((guided.endsAt.getTime() - context.now.getTime()) / 1000);
  }
  if (guided.remaining === undefined) {
    return "";
  }
  if (guided.unit === undefined || guided.unit === "seconds") {
    return formatCountdown(guided.remaining);
  }
  return amountOf(context, guided.unit, guided.remaining);
}

/** Writes an amount in a unit of stages. */
export function amountOf(context: Context, unit: string | undefined, value: number): string {
  if (unit === undefined || unit === "seconds") {
    return formatDuration(context.hass, value);
  }
  const kinds: Record<string, GoalKind> = { steps: "steps", metres: "metres" };
  const kind = kinds[unit];
  return kind ? amount(context, kind, value) : formatNumber(context.hass, value);
}

/** Says why a stage waits; undefined for a reason the card does not know. */
export function waitingText(context: Context, reason: string): string | undefined {
  return optionalText(context.hass.locale.language, `session.waiting.${reason}`);
}

/** The view that stands in for the ring while a session runs. */
export function guidedSession(context: Context, model: WalkerModel, guided: Guided): TemplateResult {
  const { walker } = model;
  const stage = stageName(context, guided.stage);
  const waiting = guided.waiting && waitingText(context, guided.waiting);
  const number =
    guided.number && guided.of
      ? say(context, "session.stage_of", { number: String(guided.number), of: String(guided.of) })
      : "";
  const remaining = left(context, guided);
  const beat = guided.beatsPerMinute;
  const direction =
    guided.direction === "forward" || guided.direction === "backward" ? guided.direction : undefined;
  return html`<div class="main guided">
    ${opens(
      context,
      walker.entities["sensor.guided_session_stage"],
      "ring",
      html`${arcs(guided.progress)}
        <span class="hidden">${say(context, "session")}: ${stage},</span>
        <span class="count"
          ><b class=${remaining.length > 6 ? "tiny" : "small"}>${remaining || stage}</b
          ><span class="of">${remaining ? say(context, "session.left") : ""}</span></span
        >`,
    )}
    <div class="side">
      <span class="quiet">${say(context, "session")}${number ? ` · ${number}` : ""}</span>
      <strong class="headline" role="status">
        ${
          direction
            ? html`<span class="arrows ${direction}" aria-hidden="true"
                >${icon(direction === "backward" ? "chevronLeft" : "chevronRight")}</span
              >`
            : nothing
        }
        ${stage}
      </strong>
      ${waiting ? html`<span class="waiting">${waiting}</span>` : nothing}
      ${
        guided.next
          ? html`<span class="quiet"
              >${say(context, "session.next", { stage: stageName(context, guided.next) })}</span
            >`
          : nothing
      }
      <span class="tools">
        ${
          beat
            ? html`<span class="metronome"
                ><i style="animation-duration:${(60 / beat).toFixed(3)}s"></i>${icon("metronome")}
                ${say(context, "session.metronome", { rate: formatNumber(context.hass, beat) })}</span
              >`
            : nothing
        }
        ${guided.stop ? stopButton(context, model, guided.stop) : nothing} ${screenButton(context, model)}
      </span>
    </div>
  </div>`;
}

function stopButton(context: Context, model: WalkerModel, entityId: string): TemplateResult {
  const label = say(context, "button.label", {
    action: say(context, "session.stop"),
    name: model.walker.name,
  });
  return html`<button
    type="button"
    class="action"
    aria-label=${label}
    @click=${() => {
      context.push(entityId);
    }}
  >
    ${icon("stop")}${say(context, "session.stop")}
  </button>`;
}

function screenButton(context: Context, { walker }: WalkerModel): TemplateResult {
  const action = say(context, "session.full_screen");
  return html`<button
    type="button"
    class="action"
    data-opens=${walker.entry_id}
    aria-label=${say(context, "button.label", { action, name: walker.name })}
    @click=${() => context.fill(walker)}
  >
    ${icon("fullScreen")}${action}
  </button>`;
}
