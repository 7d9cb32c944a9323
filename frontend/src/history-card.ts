/** What was walked: hours of a day, days of a week or month, months of a year, as the ledger holds them. */

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { configProblem } from "./config";
import { say } from "./context";
import { historyForm } from "./editor";
import { FeedController, type FeedState } from "./feed";
import { chart, dateFormat } from "./history-chart";
import { liveEntities, liveOf, pastOf, type Live, type Told } from "./history-rows";
import { icon } from "./icons";
import { hasTexts, inOneLanguage, TextsController } from "./localize";
import { firstWeekday, PERIODS, spanOf, type Period, type Span } from "./periods";
import { PlaceController } from "./place";
import { chosenWalkers } from "./select";
import { hasSheet, openSheet } from "./sheet";
import { base } from "./styles";
import { history } from "./styles-history";
import type { CardConfig, HomeAssistant, Walker } from "./types";
import { configError, drawingProblem, feedProblem, historyProblem, message } from "./problems";

const HOUR_MS = 3_600_000;

interface HistoryConfig extends CardConfig {
  period?: Period;
}

/** What was told of a walker, and how far today was then. */
interface Answer {
  walker: Walker;
  told: Told[];
  then: Live;
}

/** A bar: of which walker, and which of the bars. */
interface Bar {
  slug: string;
  index: number;
}

export class RetrostepHistoryCard extends LitElement {
  static override styles = [base, history];
  static override properties = {
    hass: { attribute: false },
    config: { state: true },
    feed: { state: true },
    period: { state: true },
    back: { state: true },
    unopened: { state: true },
    answer: { state: true },
    problem: { state: true },
    chosen: { state: true },
  };

  hass?: HomeAssistant;
  private config?: HistoryConfig;
  private feed: FeedState = {};
  private period: Period = "week";
  private back = 0;
  private answer: { span: Span; before: Span; answers: Answer[] } | undefined;
  private problem: TemplateResult | undefined;
  private chosen: Bar | undefined;
  private unopened = "";

  private asked = "";
  private drawn = false;
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
      throw new Error(configError(this.hass, problem));
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

  /** Of the house's states only today's steps are shown, and only in a period that holds today. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get("hass") as HomeAssistant | undefined;
    const { hass } = this;
    if (changed.size > 1 || !changed.has("hass") || !before || before.locale !== hass?.locale) {
      return true;
    }
    const ids = this.back ? [] : this.walkers().flatMap(liveEntities);
    return ids.some((id) => id && before.states[id] !== hass.states[id]);
  }

  protected override updated(): void {
    if (this.drawn) {
      this.load();
    }
  }

  private walkers(): Walker[] {
    return chosenWalkers(this.config ?? {}, this.feed.walkers ?? []);
  }

  private span(now: Date, earlier = 0): Span {
    const hass = this.hass as HomeAssistant;
    const weekStart = firstWeekday(hass.locale.first_weekday, hass.locale.language);
    return spanOf(this.period, this.back + earlier, now, hass.config.time_zone, weekStart);
  }

  /** Asks for what is shown if it is something else than before, if the days before today changed, or every hour. */
  private load(): void {
    const walkers = this.walkers();
    if (!this.hass || walkers.length === 0) {
      return;
    }
    const now = new Date();
    const span = this.span(now);
    const days = (walker: Walker) => (walker.days ?? []).slice(0, -1);
    const asked = [
      this.period,
      span.start.getTime(),
      Math.floor(now.getTime() / HOUR_MS),
      ...walkers.map((walker) => [walker.entry_id, ...days(walker).map((day) => [day.date, day.backward])]),
    ].join();
    if (this.asked !== asked) {
      this.asked = asked;
      void this.fetch(walkers, span, this.span(now, 1), asked);
    }
  }

  private async fetch(walkers: Walker[], span: Span, before: Span, asked: string): Promise<void> {
    const hass = this.hass as HomeAssistant;
    const told = async (walker: Walker): Promise<Answer> => {
      const { response } = await hass.callWS<{ response: { periods: Told[] } }>({
        type: "call_service",
        domain: "retrostep",
        service: "get_history",
        service_data: {
          config_entry_id: walker.entry_id,
          period: span.slot,
          start: before.start.toISOString(),
          end: span.end.toISOString(),
        },
        return_response: true,
      });
      return { walker, told: response.periods, then: liveOf(this.hass ?? hass, walker) };
    };
    let answer = this.answer;
    let problem: TemplateResult | undefined;
    try {
      answer = { span, before, answers: await Promise.all(walkers.map(told)) };
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
    if (!hass || !config || !hasTexts(hass.locale.language)) {
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
    return html`<div class="history">${this.tools(context)} ${this.problem ?? this.charts(context)}</div>`;
  }

  private charts(context: { hass: HomeAssistant }): TemplateResult[] {
    if (!this.answer) {
      return [];
    }
    const { span, before, answers } = this.answer;
    const [now, zone] = [new Date(), context.hass.config.time_zone];
    return answers.map(({ walker: asked, told, then }) => {
      const walker = this.walkers().find(({ slug }) => slug === asked.slug) ?? asked;
      const { slug, name } = walker;
      return chart({
        context,
        name,
        period: this.period,
        past: pastOf({ span, before, told, walker, live: liveOf(context.hass, walker), then, now, zone }),
        chosen: this.chosen?.slug === slug ? this.chosen.index : undefined,
        beside: hasSheet(walker) ? this.sheet(context, walker) : nothing,
        said: this.unopened === slug ? say(context, "sheet.failed") : undefined,
        choose: (index) => (this.chosen = index === undefined ? undefined : { slug, index }),
      });
    });
  }

  private sheet(context: { hass: HomeAssistant }, walker: Walker): TemplateResult {
    const open = () => {
      this.unopened = "";
      openSheet(context.hass, walker).catch(() => (this.unopened = walker.slug));
    };
    const label = say(context, "sheet.open");
    return html`<button type="button" class="round" title=${label} aria-label=${label} @click=${open}>
      ${icon("printer")}
    </button>`;
  }

  private tools(context: { hass: HomeAssistant }): TemplateResult {
    const move = (by: number) => () => {
      this.back = Math.max(0, this.back + by);
      this.chosen = undefined;
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
                this.chosen = undefined;
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

  private headingOf(context: { hass: HomeAssistant }): string {
    const span = this.span(new Date());
    switch (this.period) {
      case "day":
        return dateFormat(context, { weekday: "short", day: "numeric", month: "short" }).format(span.start);
      case "week": {
        const last = span.slots.at(-1) ?? span.start;
        return dateFormat(context, { day: "numeric", month: "short" }).formatRange(span.start, last);
      }
      case "month":
        return dateFormat(context, { month: "long", year: "numeric" }).format(span.start);
      default:
        return dateFormat(context, { year: "numeric" }).format(span.start);
    }
  }
}
