import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../src/index";
import { fulfillWish, START_PAGE, type RetrostepStart } from "../src/start";
import type { HomeAssistant } from "../src/types";
import { fakeHass, HOUSEHOLDS } from "./fakes";

const CREATE = { url_path: "retro-step", title: "RetroStep", icon: "mdi:shoe-print" };
const CONFIG = { strategy: { type: "custom:retrostep" } };

interface Asked {
  type: string;
  url_path?: string;
}

/** A Home Assistant that answers as told; `claims` are the answers to the browser's question, in turn. */
function house(claims: object[], more: Partial<HomeAssistant> = {}): { hass: HomeAssistant; asked: Asked[] } {
  const asked: Asked[] = [];
  const callWS = (message: object) => {
    asked.push(message as Asked);
    const isClaim = (message as Asked).type === "retrostep/dashboard/claim";
    return Promise.resolve((isClaim ? claims.shift() : {}) as never);
  };
  const household = HOUSEHOLDS["ordinary"] ?? { states: {}, walkers: [] };
  const panels = { [START_PAGE]: { config: { wanted: true } }, "retro-step": {} };
  const hass = fakeHass(household, { callWS, panels, user: { is_admin: true }, ...more });
  const root = document.createElement("home-assistant") as HTMLElement & { hass?: HomeAssistant };
  root.hass = hass;
  document.body.append(root);
  return { hass, asked };
}

async function opened(hass: HomeAssistant): Promise<string> {
  window.history.replaceState(null, "", `/${START_PAGE}`);
  const page = document.createElement(START_PAGE) as RetrostepStart;
  page.hass = hass;
  document.body.append(page);
  await vi.waitFor(() => expect(window.location.pathname).not.toBe(`/${START_PAGE}`));
  return window.location.pathname;
}

const went = vi.fn();

beforeEach(() => {
  went.mockClear();
  window.addEventListener("location-changed", went);
});
afterEach(() => {
  window.removeEventListener("location-changed", went);
  document.body.replaceChildren();
});

describe("the page that opens the dashboard", () => {
  it("makes it first where it was asked for", async () => {
    const { hass, asked } = house([{ create: CREATE, config: CONFIG }]);
    expect(await opened(hass)).toBe("/retro-step");
    expect(asked).toEqual([
      { type: "retrostep/dashboard/claim" },
      { type: "lovelace/dashboards/create", mode: "storage", ...CREATE },
      { type: "lovelace/config/save", url_path: "retro-step", config: CONFIG },
      { type: "retrostep/dashboard/done" },
    ]);
    expect(went).toHaveBeenCalledTimes(1);
  });

  it("opens the one there is and writes nothing", async () => {
    const { hass, asked } = house([{ path: "retro-step" }]);
    expect(await opened(hass)).toBe("/retro-step");
    expect(asked).toHaveLength(1);
  });

  it("waits while another browser makes it", async () => {
    const { hass } = house([{ wait: true }, { path: "retro-step" }]);
    expect(await opened(hass)).toBe("/retro-step");
  });

  it("shows where one can be made if nobody asked for one", async () => {
    const { hass } = house([{}]);
    expect(await opened(hass)).toBe("/config/integrations/integration/retrostep");
  });

  it("does not stay blank when Home Assistant refuses", async () => {
    const { hass } = house([], { callWS: () => Promise.reject(new Error("unauthorized")) });
    expect(await opened(hass)).toBe("/config/integrations/integration/retrostep");
  });

  it("says when a dashboard could not be made, so that another browser may try", async () => {
    const asked: string[] = [];
    const callWS = (message: object) => {
      const { type } = message as Asked;
      asked.push(type);
      return type === "lovelace/dashboards/create"
        ? Promise.reject(new Error("taken"))
        : Promise.resolve({ create: CREATE, config: CONFIG } as never);
    };
    const { hass } = house([], { callWS });
    await opened(hass);
    expect(asked).toEqual([
      "retrostep/dashboard/claim",
      "lovelace/dashboards/create",
      "retrostep/dashboard/done",
    ]);
  });
});

describe("the card, when it is loaded", () => {
  it("makes a dashboard that is wanted", async () => {
    const { hass, asked } = house([{ create: CREATE, config: CONFIG }]);
    await fulfillWish(hass);
    expect(asked).toHaveLength(4);
    expect(went).not.toHaveBeenCalled();
  });

  it.each([
    ["nobody wants one", { panels: { [START_PAGE]: { config: { wanted: false } } } }],
    ["the page is not there", { panels: {} }],
    ["whoever looks is no administrator", { user: { is_admin: false } }],
  ])("asks nothing when %s", async (_, more) => {
    const { hass, asked } = house([], more);
    await fulfillWish(hass);
    expect(asked).toEqual([]);
  });

  it("asks nothing outside of Home Assistant", async () => {
    await expect(fulfillWish(undefined)).resolves.toBeUndefined();
  });
});
