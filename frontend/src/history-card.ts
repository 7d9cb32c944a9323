/** What was walked: hours of a day, days of a week or month, months of a year, out of the statistics. */

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { configProblem } from "./card";
import { say } from "./context";
import { historyForm } from "./editor";
import { FeedController, type FeedState } from "./feed";
import { formatNumber } from "./format";
import { icon } from "./icons";
import { inOneLanguage, text, TextsController } from "./localize";
import {
  daysBegun,
  firstSlot,
  firstWeekday,
  intoSlots,
  PERIODS,
  spanOf,
  type Period,
  type Span,
  type StatisticsRow,
  withToday,
} from "./periods";
import { PlaceController } from "./place";
import { chosenWalkers } from "./select";
import { base } from "./styles";
import { history } from "./styles-history";
import type { CardConfig, HomeAssistant, Walker } from "./types";
import { drawingProblem, feedProblem, historyProblem, message } from "./problems";

/** Statistics follow the hours; the feed may speak much more often. */
const REFRESH_MS = 60_000;

interface HistoryConfig extends CardConfig {
  period?: Period;
}

/** What the recorder told, and of what. */
interface Answer {
  walkers: Walker[];
  span: Span;
  found: Record<string, StatisticsRow[]>;
}

interface Bars {
  walker: Walker;
  span: Span;
  backward: number[];
  forward: number[];
}

const idOf = (walker: Walker, series: string) => `retrostep:${walker.slug}_${series}_steps`;

export class RetrostepHistoryCard extends LitElement {
  static override styles = [base, history];
  static override properties = {
    hass: { attribute: false },
    config: { state: true },
    feed: { state: true },
    period: { state: true },
    back: { state: true },
    answer: { state: true },
    problem: { state: true },
    chosen: { state: true },
  };

  hass?: HomeAssistant;
  private config?: HistoryConfig;
  private feed: FeedState = {};
  private period: Period = "week";
  private back = 0;
  private answer: Answer | undefined;
  private problem: TemplateResult | undefined;
  private chosen = "";

  private asked = "";
  private askedAt = 0;
  private drawn = false;
  private later: number | undefined;
  protected place = new PlaceController(this);
  protected texts = new TextsController(this);
  protected walkersTold = new FeedController(this, (feed) => (this.feed = feed));

  static getConfigForm(): object {
    return historyForm();
  }

  static getStubConfig(): object {
    return { period: "week" };
  }

  /** Takes over the card's configuration; Home Assistant shows what is thrown. */
  setConfig(config: HistoryConfig): void {
    const wrong = config.period !== undefined && !PERIODS.includes(config.period);
    const problem = wrong
      ? `period: ${String(config.period)} (${PERIODS.join(", ")})`
      : configProblem(config);
    if (problem) {
      throw new Error(text(this.hass?.locale.language ?? "en", "error.config", { detail: problem }));
    }
    this.config = config;
    this.period = config.period ?? "week";
    this.back = 0;
  }

  getCardSize(): number {
    return 5;
  }

  getGridOptions(): object {
    return { columns: 12, rows: "auto", min_columns: 6 };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.later);
  }

  /** States of the house change nothing here. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get("hass") as HomeAssistant | undefined;
    return changed.size > 1 || !changed.has("hass") || before?.locale !== this.hass?.locale;
  }

  protected override updated(): void {
    if (this.drawn) {
      this.load();
    }
  }

  private walkers(): Walker[] {
    return chosenWalkers(this.config ?? {}, this.feed.walkers ?? []);
  }

  private span(now: Date): Span {
    const hass = this.hass as HomeAssistant;
    const weekStart = firstWeekday(hass.locale.first_weekday, hass.locale.language);
    return spanOf(this.period, this.back, now, hass.config.time_zone, weekStart);
  }

  /** Asks for what is shown if it is something else than before, or after a while when there is news. */
  private load(): void {
    const walkers = this.walkers();
    if (!this.hass || walkers.length === 0) {
      return;
    }
    const now = Date.now();
    const span = this.span(new Date(now));
    const wanted = [this.period, span.start.getTime(), ...walkers.map((walker) => walker.slug)].join(" ");
    const news = JSON.stringify(walkers.map((walker) => [walker.hours, walker.days]));
    if (this.asked === `${wanted} ${news}`) {
      return;
    }
    const isNew = !this.asked.startsWith(`${wanted} `);
    window.clearTimeout(this.later);
    if (!isNew && now - this.askedAt < REFRESH_MS) {
      this.later = window.setTimeout(() => this.load(), REFRESH_MS - (now - this.askedAt));
      return;
    }
    this.asked = `${wanted} ${news}`;
    this.askedAt = now;
    void this.fetch(walkers, span, this.asked);
  }

  private async fetch(walkers: Walker[], span: Span, asked: string): Promise<void> {
    const hass = this.hass as HomeAssistant;
    let answer = this.answer;
    let problem: TemplateResult | undefined;
    try {
      const found = await hass.callWS<Record<string, StatisticsRow[]>>({
        type: "recorder/statistics_during_period",
        start_time: span.start.toISOString(),
        end_time: span.end.toISOString(),
        period: span.slot,
        statistic_ids: walkers.flatMap((walker) => [idOf(walker, "backward"), idOf(walker, "forward")]),
        types: ["change"],
      });
      answer = { walkers, span, found };
    } catch (error) {
      problem = historyProblem({ hass }, error);
    }
    if (asked === this.asked) {
      this.answer = answer;
      this.problem = problem;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { hass, config } = this;
    if (!hass || !config) {
      return nothing;
    }
    this.drawn = true;
    const context = { hass: inOneLanguage(hass) };
    try {
      return html`<ha-card>${this.content(context)}</ha-card>`;
    } catch (error) {
      this.drawn = false;
      return html`<ha-card>${drawingProblem(context, error)}</ha-card>`;
    }
  }

  private content(context: { hass: HomeAssistant }): TemplateResult {
    if (this.feed.error) {
      return feedProblem(context, this.feed.error);
    }
    if (!this.feed.walkers) {
      return html`<div class="message"><span class="quiet">${say(context, "loading")}</span></div>`;
    }
    if (this.walkers().length === 0) {
      const known = this.feed.walkers.length > 0;
      return message(say(context, "none.title"), say(context, known ? "none.chosen" : "none.text"));
    }
    const body = this.problem ?? this.bars().map((bars) => this.chart(context, bars));
    return html`<div class="history">${this.tools(context)} ${body}</div>`;
  }

  /** What the recorder told, and what was walked since. */
  private bars(): Bars[] {
    if (!this.answer) {
      return [];
    }
    const { walkers, span, found } = this.answer;
    return walkers.map((asked) => {
      const walker = this.walkers().find(({ slug }) => slug === asked.slug) ?? asked;
      const sums = (series: "backward" | "forward") =>
        withToday(span, intoSlots(span, found[idOf(asked, series)] ?? []), walker.hours ?? [], series);
      return { walker, span, backward: sums("backward"), forward: sums("forward") };
    });
  }

  private tools(context: { hass: HomeAssistant }): TemplateResult {
    const move = (by: number) => () => {
      this.back = Math.max(0, this.back + by);
      this.chosen = "";
    };
    return html`<div class="tools">
      <div class="tabs" role="group" aria-label=${say(context, "history.periods")}>
        ${PERIODS.map(
          (period) =>
            html`<button
              type="button"
              aria-pressed=${this.period === period}
              @click=${() => {
                this.period = period;
                this.back = 0;
                this.chosen = "";
              }}
            >
              ${say(context, `history.${period}`)}
            </button>`,
        )}
      </div>
      <div class="moves">
        <button type="button" class="round" aria-label=${say(context, "history.previous")} @click=${move(1)}>
          ${icon("chevronLeft")}
        </button>
        <span class="when" aria-live="polite">${this.headingOf(context)}</span>
        <button
          type="button"
          class="round"
          aria-label=${say(context, "history.following")}
          ?disabled=${this.back === 0}
          @click=${move(-1)}
        >
          ${icon("chevronRight")}
        </button>
      </div>
    </div>`;
  }

  private format(
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

  private headingOf(context: { hass: HomeAssistant }): string {
    const span = this.span(new Date());
    switch (this.period) {
      case "day":
        return this.format(context, { weekday: "short", day: "numeric", month: "short" }).format(span.start);
      case "week": {
        const last = span.slots.at(-1) ?? span.start;
        return this.format(context, { day: "numeric", month: "short" }).formatRange(span.start, last);
      }
      case "month":
        return this.format(context, { month: "long", year: "numeric" }).format(span.start);
      default:
        return this.format(context, { year: "numeric" }).format(span.start);
    }
  }

  private chart(context: { hass: HomeAssistant }, bars: Bars): TemplateResult {
    const { hass } = context;
    const { span, walker } = bars;
    const sums = span.slots.map((_, index) => (bars.backward[index] ?? 0) + (bars.forward[index] ?? 0));
    const top = Math.max(...sums, 0);
    const total = bars.backward.reduce((sum, value) => sum + value, 0);
    const number = (value: number) => formatNumber(hass, value);
    const long = this.format(
      context,
      span.slot === "hour"
        ? { hour: "numeric" }
        : span.slot === "day"
          ? { weekday: "long", day: "numeric", month: "long" }
          : { month: "long", year: "numeric" },
    );
    const label = (index: number) =>
      say(context, "history.bar", {
        when: long.format(span.slots[index]),
        backward: number(bars.backward[index] ?? 0),
        forward: number(bars.forward[index] ?? 0),
      });
    const first = firstSlot(span, sums, walker.since, hass.config.time_zone);
    const days = daysBegun(span, new Date(), first);
    const average =
      span.slot === "day" ? ` · ${say(context, "history.average", { average: number(total / days) })}` : "";
    const height = (value: number | undefined) =>
      `block-size:${(((value ?? 0) / (top || 1)) * 100).toFixed(1)}%`;
    return html`<div class="chart" role="group" aria-label=${walker.name}>
      <div class="head">
        <h2>${walker.name}</h2>
        <span class="quiet" role="status"
          >${
            this.chosen.startsWith(`${walker.slug} `)
              ? label(Number(this.chosen.split(" ")[1]))
              : `${say(context, "history.total", { total: number(total) })}${average}`
          }</span
        >
      </div>
      ${
        top === 0
          ? html`<p class="empty">${say(context, "history.empty")}</p>`
          : html`<div class="plot">
              <span class="top" aria-hidden="true">${number(top)}</span>
              <ul class=${this.period} @pointerleave=${() => (this.chosen = "")}>
                ${span.slots.map(
                  (_, index) =>
                    html`<li
                      class=${this.chosen === `${walker.slug} ${index}` ? "chosen" : ""}
                      @pointerenter=${() => (this.chosen = `${walker.slug} ${index}`)}
                    >
                      <i class="forward" style=${height(bars.forward[index])}></i>
                      <i class="backward" style=${height(bars.backward[index])}></i>
                      ${sums[index] ? html`<span class="hidden">${label(index)}</span>` : nothing}
                    </li>`,
                )}
              </ul>
              ${this.axis(context, span)}
            </div>`
      }
    </div>`;
  }

  private axis(context: { hass: HomeAssistant }, span: Span): TemplateResult {
    const shortOf: Record<Period, Intl.DateTimeFormatOptions> = {
      day: { hour: "numeric" },
      week: { weekday: "short" },
      month: { day: "numeric" },
      year: { month: "narrow" },
    };
    const every = { day: 6, week: 1, month: 7, year: 1 }[this.period];
    const format = this.format(context, shortOf[this.period]);
    // Days of a month are numbers only: some languages write a word behind them, for which there is no room.
    const short = (slot: Date) =>
      this.period === "month"
        ? format.formatToParts(slot).find((part) => part.type === "day")?.value
        : format.format(slot);
    return html`<div class="axis ${this.period}" aria-hidden="true">
      ${span.slots.map((slot, index) => html`<span>${index % every ? nothing : short(slot)}</span>`)}
    </div>`;
  }
}
