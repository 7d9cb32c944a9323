import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RetrostepCard } from "../src/card";
import { RESULT_MS, type RetrostepSession } from "../src/session-screen";
import type { CardConfig, HomeAssistant } from "../src/types";
import { fakeHass, HOUSEHOLDS, NOON, withState } from "./fakes";
import { find, settled, shown } from "./shown";

const OPEN: Partial<CardConfig> = { open_session: true };

const screen = () => document.querySelector<RetrostepSession>("retrostep-session");
const words = () => (screen()?.shadowRoot?.textContent ?? "").replace(/\s+/g, " ").trim();
const part = (selector: string) => screen()?.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;

async function drawn(card: RetrostepCard): Promise<void> {
  await card.updateComplete;
  await screen()?.updateComplete;
}

async function become(card: RetrostepCard, household: string): Promise<void> {
  const known = HOUSEHOLDS[household] ?? expect.fail(household);
  card.hass = { ...(card.hass as HomeAssistant), states: fakeHass(known).states };
  await drawn(card);
}

async function opened(household: string, more: Partial<HomeAssistant> = {}): Promise<RetrostepCard> {
  const card = await shown(household, OPEN, more);
  await drawn(card);
  return card;
}

function press(key: string, more: KeyboardEventInit = {}): void {
  part("[role=dialog]")?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
}

function device(what: object): void {
  for (const [name, value] of Object.entries(what)) {
    Object.defineProperty(navigator, name, { value, configurable: true });
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date", "setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
  device({ wakeLock: undefined, vibrate: undefined });
});

describe("the session over the whole window", () => {
  it("shows direction, time left, what comes next, and how to stop", async () => {
    await opened("session");
    for (const what of ["Ann · 2 of 4", "Walk backward", "1:25 left", "Next: Walk forward, 1 min", "Stop"]) {
      expect(words()).toContain(what);
    }
    expect(part(".screen")?.className).toBe("screen backward");
  });

  it.each([
    ["session_turn", "Turn around to continue", "0:48 left"],
    ["session_pause", "Waiting for you to keep walking", "38 steps left"],
  ])("%s: says why it waits", async (household, why, left) => {
    await opened(household);
    expect(words()).toContain(why);
    expect(words()).toContain(left);
    expect(part(".screen")?.className).toBe("screen waits");
  });

  it("counts steps down as they come, not every ten seconds", async () => {
    const card = await opened("session_steps");
    card.hass = withState(card.hass as HomeAssistant, "sensor.ann_backward_steps_today", 417);
    await drawn(card);
    expect(words()).toContain("33 steps left");
    expect(part(".left b")?.textContent).toBe("33");
  });

  it("its stage alone is announced, not every second", async () => {
    await opened("session");
    expect(part("[role=status]")?.textContent).toContain("Walk backward");
    expect(part("[role=status]")?.textContent).not.toContain("1:25");
  });

  it("one tap stops the session, and a refusal is told", async () => {
    const callService = vi.fn(() => Promise.reject(new Error("not allowed")));
    const card = await opened("session", { callService });
    part(".stop")?.click();
    await settled();
    await drawn(card);
    expect(callService).toHaveBeenCalledWith("button", "press", { entity_id: "button.ann_stop_session" });
    expect(part("[role=alert]")?.textContent).toContain("not allowed");
  });

  it("shows what became of it, and goes by itself", async () => {
    const card = await opened("session");
    await become(card, "session_done");
    expect(words()).toContain("Session complete 212 steps backward 2:48 min · 104 m");
    expect(part(".stop")).toBeNull();
    vi.advanceTimersByTime(RESULT_MS + 1);
    expect(screen()).toBeNull();
  });

  it("does not praise a session that was stopped", async () => {
    const card = await opened("session");
    const done = fakeHass(HOUSEHOLDS["session_done"] ?? expect.fail()).states;
    const id = "sensor.ann_guided_session_stage";
    const last_session = { ...(done[id]?.attributes["last_session"] as object), completed: false };
    const stage = { entity_id: id, state: "idle", attributes: { last_session } };
    card.hass = { ...(card.hass as HomeAssistant), states: { ...done, [id]: stage } };
    await drawn(card);
    expect(words()).toContain("Session ended 212 steps backward");
    expect(part(".screen")?.classList.contains("over")).toBe(false);
  });

  it("stays while Home Assistant tells nothing", async () => {
    const card = await opened("session");
    card.hass = withState(card.hass as HomeAssistant, "sensor.ann_guided_session_stage", "unavailable");
    await drawn(card);
    expect(words()).toContain("Waiting for Ann’s data");
    await become(card, "session");
    expect(words()).toContain("1:25");
  });

  it("is drawn only when something it shows changed", async () => {
    const card = await opened("session");
    const rendered = vi.spyOn(screen() as unknown as { render(): unknown }, "render");
    card.hass = withState(card.hass as HomeAssistant, "light.kitchen", "on");
    await drawn(card);
    expect(rendered).not.toHaveBeenCalled();
  });
});

describe("opening and closing", () => {
  it("opens by itself only where the card is told so", async () => {
    await shown("session");
    expect(screen()).toBeNull();
    await opened("session");
    expect(screen()).not.toBeNull();
  });

  it("opens when a session begins on the tablet on the wall", async () => {
    const card = await opened("ordinary");
    expect(screen()).toBeNull();
    await become(card, "session_start");
    expect(words()).toContain("Warm up");
  });

  it("opens by a tap, and Escape leads back to where one was", async () => {
    const card = await shown("session");
    find(card, "[data-opens]")?.click();
    await drawn(card);
    expect(screen()?.shadowRoot?.activeElement).toBe(part("[role=dialog]"));
    press("Escape");
    expect(screen()).toBeNull();
    expect(card.shadowRoot?.activeElement).toBe(find(card, "[data-opens]"));
  });

  it("the keyboard stays in it", async () => {
    await opened("session");
    const reached: (string | undefined)[] = [];
    for (const shiftKey of [false, false, false, true]) {
      press("Tab", { shiftKey });
      reached.push(screen()?.shadowRoot?.activeElement?.className);
    }
    expect(reached).toEqual(["close", "stop", "close", "stop"]);
  });

  it("Escape closes it when the button that was pressed is gone with the session", async () => {
    const card = await opened("session");
    part(".stop")?.focus();
    await become(card, "session_done");
    expect(screen()?.shadowRoot?.activeElement).toBe(part("[role=dialog]"));
  });

  it("goes on when the page is loaded again, if it was open", async () => {
    const card = await shown("session");
    find(card, "[data-opens]")?.click();
    await drawn(card);
    document.body.replaceChildren();
    await shown("session");
    expect(screen()).not.toBeNull();
  });

  it("stays closed for the rest of a session, and opens with the next", async () => {
    const card = await opened("session");
    part(".close")?.click();
    await become(card, "session_turn");
    expect(screen()).toBeNull();
    await become(card, "ordinary");
    await become(card, "session_start");
    expect(screen()).not.toBeNull();
  });

  it("is there once, however many cards show the walker", async () => {
    await opened("session");
    await opened("session");
    expect(document.querySelectorAll("retrostep-session")).toHaveLength(1);
  });

  it("goes with its card, and does not cover the editor", async () => {
    const card = await opened("session");
    card.remove();
    expect(screen()).toBeNull();
    const preview = document.createElement("retrostep-card") as RetrostepCard;
    preview.setConfig({ type: "custom:retrostep-card", ...OPEN });
    preview.preview = true;
    preview.hass = fakeHass(HOUSEHOLDS["session"] ?? expect.fail());
    document.body.append(preview);
    await settled();
    await drawn(preview);
    expect(find(preview, ".guided")).not.toBeNull();
    expect(screen()).toBeNull();
  });
});

describe("the device", () => {
  it("keeps its screen on until the screen is closed", async () => {
    const release = vi.fn(() => Promise.resolve());
    const request = vi.fn(() => Promise.resolve({ release }));
    device({ wakeLock: { request } });
    await opened("session");
    expect(request).toHaveBeenCalledWith("screen");
    expect(words()).not.toContain("screen on");
    part(".close")?.click();
    await settled();
    expect(release).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["without HTTPS", false, "open Home Assistant over HTTPS"],
    ["in an old browser", true, "This browser can’t keep the screen on."],
  ])("says %s that the screen may go off", async (_, secure, told) => {
    vi.stubGlobal("isSecureContext", secure);
    await opened("session");
    await screen()?.updateComplete;
    expect(words()).toContain(told);
  });

  it("buzzes when the stage changes and at the end, not when the screen opens", async () => {
    const vibrate = vi.fn(() => true);
    device({ vibrate });
    const card = await opened("session_start");
    expect(vibrate).not.toHaveBeenCalled();
    await become(card, "session");
    await become(card, "session");
    expect(vibrate).toHaveBeenCalledTimes(1);
    await become(card, "session_done");
    expect(vibrate).toHaveBeenCalledTimes(2);
  });

  it("sounds where the browser lets it", async () => {
    const started = vi.fn();
    const node = {
      connect: () => node,
      gain: { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() },
    };
    class FakeAudio {
      state = "running";
      currentTime = 0;
      destination = {};
      resume = () => Promise.resolve();
      close = () => Promise.resolve();
      createGain = () => node;
      createOscillator = () => ({ frequency: {}, connect: () => node, start: started, stop: vi.fn() });
    }
    vi.stubGlobal("AudioContext", FakeAudio);
    const card = await opened("session_start");
    await become(card, "session");
    expect(started).not.toHaveBeenCalled();
    part("[role=dialog]")?.dispatchEvent(new Event("pointerdown"));
    await become(card, "session_turn");
    expect(started).toHaveBeenCalledTimes(2);
  });
});
