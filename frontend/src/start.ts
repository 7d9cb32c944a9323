/** Opens RetroStep's dashboard; makes it first where somebody asked for one when a walker was set up. */

import { INTEGRATION_PAGE } from "./pages";
import type { HomeAssistant } from "./types";

/** The page's path and the name of its element. */
export const START_PAGE = "retrostep-start";

const WAIT_MS = 500;
const TRIES = 50;
const PANEL_MS = 50;
const PANEL_TRIES = 100;

/** What the integration answers: there is one, another browser makes one, or this one is to make it. */
interface Claim {
  path?: string | null;
  wait?: boolean;
  create?: { url_path: string; title: string; icon: string };
  config?: object;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let asked: Promise<string | undefined> | undefined;

/** Gives the path of the dashboard, undefined if there is none and nobody asked for one. */
export function dashboardPath(hass: HomeAssistant): Promise<string | undefined> {
  // The page and the card may ask at once.
  asked ??= askFor(hass).finally(() => (asked = undefined));
  return asked;
}

async function askFor(hass: HomeAssistant): Promise<string | undefined> {
  for (let round = 0; round < TRIES; round += 1) {
    const claim = await hass.callWS<Claim>({ type: "retrostep/dashboard/claim" });
    if (claim.create) {
      return make(hass, claim.create, claim.config ?? {});
    }
    if (!claim.wait) {
      return claim.path ?? undefined;
    }
    await pause(WAIT_MS);
  }
  return undefined;
}

/** Makes a new dashboard with Home Assistant's own commands; it refuses a path that is taken. */
async function make(
  hass: HomeAssistant,
  create: { url_path: string; title: string; icon: string },
  config: object,
): Promise<string | undefined> {
  try {
    await hass.callWS({ type: "lovelace/dashboards/create", mode: "storage", ...create });
    await hass.callWS({ type: "lovelace/config/save", url_path: create.url_path, config });
  } finally {
    // Whether it went well or not: the integration looks for itself.
    await hass.callWS({ type: "retrostep/dashboard/done" });
  }
  return create.url_path;
}

/** Home Assistant as its pages have it now. */
function house(): HomeAssistant | undefined {
  return document.querySelector<HTMLElement & { hass?: HomeAssistant }>("home-assistant")?.hass;
}

/** Makes the dashboard that was asked for, if whoever looks at this page may. */
export async function fulfillWish(hass = house()): Promise<void> {
  if (hass?.user?.is_admin && hass.panels?.[START_PAGE]?.config?.["wanted"]) {
    await dashboardPath(hass).catch(() => undefined);
  }
}

function goTo(path: string): void {
  window.history.replaceState(null, "", path);
  window.dispatchEvent(new CustomEvent("location-changed", { detail: { replace: true } }));
}

/** Goes to the dashboard, or to where one can be made by hand. */
async function openDashboard(hass: HomeAssistant): Promise<void> {
  const path = await dashboardPath(hass).catch(() => undefined);
  for (let round = 0; path && round < PANEL_TRIES && !house()?.panels?.[path]; round += 1) {
    await pause(PANEL_MS);
  }
  goTo(path ? `/${path}` : INTEGRATION_PAGE);
}

/** The page that the set-up links to: it is seen only until the dashboard is there. */
export class RetrostepStart extends HTMLElement {
  private known: HomeAssistant | undefined;
  private opening = false;

  set hass(hass: HomeAssistant) {
    this.known = hass;
    this.open();
  }

  connectedCallback(): void {
    this.open();
  }

  private open(): void {
    const isHere = window.location.pathname.startsWith(`/${START_PAGE}`);
    if (this.known && this.isConnected && isHere && !this.opening) {
      this.opening = true;
      void openDashboard(this.known).finally(() => (this.opening = false));
    }
  }
}
