/** A page that shows the card in every designed state, with Home Assistant's default colours around it. */

// What is shipped, not what it is made of: these pages show what the oldest browsers would get.
import "../../../custom_components/retrostep/frontend/retrostep-card.js";
import { fakeHass, HOUSEHOLDS, NOON } from "../fakes";
import type { CardConfig, HomeAssistant } from "../../src/types";

interface Shown extends HTMLElement {
  hass: HomeAssistant;
  context?: object;
  setConfig(config: CardConfig): void;
}

/** A configuration of the feature, and where it stands in the tile around it. */
interface Tiled {
  tile: "bottom" | "inline";
}

class HaCard extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).innerHTML = `<style>:host{display:block;border-radius:12px;
      border:1px solid var(--divider-color);background:var(--card-background-color);}</style><slot></slot>`;
  }
}
customElements.define("ha-card", HaCard);

// Time stands still, so that pictures are the same every day.
const RealDate = Date;
class StillDate extends RealDate {
  constructor(...values: [] | [number | string]) {
    super(...((values.length ? values : [NOON]) as [number]));
  }
}
Object.assign(window, { Date: StillDate });

// The page is not secure, which a session would say.
Object.assign(navigator, {
  wakeLock: { request: () => Promise.resolve({ release: () => Promise.resolve() }) },
});

/** Two months that got going: what the ledger would answer, a day each. */
function ledger<T>(message: object): Promise<T> {
  const { start } = (message as { service_data: { start: string } }).service_data;
  const first = Date.parse(start);
  const days = Math.floor((NOON - first) / 86_400_000) + 1;
  const periods = Array.from({ length: days }, (_, day) => {
    const steps = Math.round((120 + day * 9 + ((day * 53) % 110)) * (day % 7 === 6 ? 0.2 : 1));
    const goal = 150 + 50 * Math.floor(day / 7);
    return {
      date: new RealDate(first + day * 86_400_000).toISOString().slice(0, 10),
      start: "",
      backward_steps: steps,
      forward_steps: Math.round(steps * 0.7),
      sessions: 1,
      goal,
      goal_kind: "steps",
      goal_met: steps >= goal,
      goal_status: day % 7 === 6 ? "rest" : "active",
    };
  });
  return Promise.resolve({ response: { periods } } as T);
}

declare global {
  interface Window {
    speaking(language: string): Partial<HomeAssistant>;
    show(household: string, config: Partial<CardConfig>, more?: Partial<HomeAssistant>): void;
    /** Has the same card see another household. */
    change(household: string, more?: Partial<HomeAssistant>): void;
  }
}

window.speaking = (language) => ({ locale: { ...fakeHass({ states: {}, walkers: [] }).locale, language } });

/** A tile as Home Assistant draws one, with the card's feature below its name or beside it. */
function tileAround(feature: HTMLElement, { tile }: Tiled): HTMLElement {
  const card = document.createElement("ha-card");
  const inline = tile === "inline";
  card.innerHTML = `<div class="tile ${inline ? "inline" : ""}"><i></i><span><b>Backward steps</b>412 steps</span></div>`;
  feature.style.setProperty("--feature-height", inline ? "36px" : "42px");
  card.firstElementChild?.append(feature);
  return card;
}

window.show = (household, config, more = {}) => {
  const card = document.createElement((config.type ?? "retrostep-card").replace("custom:", "")) as Shown;
  card.setConfig({ type: "custom:retrostep-card", ...config });
  card.context = { entity_id: "sensor.ann_backward_steps_today" };
  card.hass = fakeHass(HOUSEHOLDS[household] ?? { states: {}, walkers: [] }, { callWS: ledger, ...more });
  const holder = document.querySelector("main");
  holder?.append("tile" in config ? tileAround(card, config as Tiled) : card);
};

window.change = (household, more = {}) => {
  const card = document.querySelector<Shown>("main > *");
  const known = HOUSEHOLDS[household];
  if (card && known) {
    // The feed stays: what changes is states.
    card.hass = { ...card.hass, states: fakeHass(known).states, ...more };
  }
};
