import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RetrostepCard } from "../src/card";
import { configProblem } from "../src/config";
import type { CardConfig, HassEntity, HomeAssistant } from "../src/types";
import { loadTexts } from "../src/localize";
import { fakeHass, HOUSEHOLDS, NOON, walker, withState } from "./fakes";
import { find, settled, shown, words } from "./shown";

beforeEach(() => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("an ordinary day", () => {
  it("shows count, goal, figures, share, streak, sitting and the last session", async () => {
    const text = words(await shown("ordinary"));
    for (const part of [
      "Ann",
      "412",
      "of 600 steps",
      "188 steps to go",
      "203 m",
      "5:12 min",
      "Forward 500",
      "5 days",
      "Sitting 32 min",
      "next reminder 12:13",
      "Snooze",
      "Last session 09:12",
      "3:20 min · 212 steps · 104 m",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("gives every day of the week its own goal", async () => {
    const labels = [...((await shown("ordinary")).shadowRoot?.querySelectorAll(".week .hidden") ?? [])].map(
      (label) => label.textContent,
    );
    expect(labels).toEqual([
      "Thursday: 320 steps of 300 steps, goal reached",
      "Friday: 180 steps of 300 steps, goal not reached",
      "Saturday: 410 steps of 300 steps, goal reached",
      "Sunday: 0 steps of 350 steps, rest day",
      "Monday: 455 steps of 350 steps, goal reached",
      "Tuesday: 380 steps of 350 steps, goal reached",
      "Wednesday: 412 steps of 600 steps",
    ]);
  });

  it("has a ring that is called by what is seen, with its share for those who do not see it", async () => {
    const ring = find(await shown("ordinary"), ".ring")?.textContent ?? "";
    expect(ring.replace(/\s+/g, " ").trim()).toBe("412 of 600 steps , 69%");
  });

  it("writes minutes as a clock does, in the ring and elsewhere", async () => {
    const text = words(await shown("minutes"));
    expect(text).toContain("5:12 of 8 min");
    expect(text).toContain("2:48 min to go");
  });

  it("leaves out what is not wanted", async () => {
    const text = words(
      await shown("ordinary", {
        show_week: false,
        show_streak: false,
        show_sitting: false,
        show_last: false,
        show_share: false,
      }),
    );
    for (const part of ["Thu", "5 days", "Sitting", "Last session", "Forward"]) {
      expect(text).not.toContain(part);
    }
  });

  it("shows hours and the start of a session only where there is room", async () => {
    expect(words(await shown("ordinary", { layout: "tall" }))).toContain("Today by hour");
    expect(words(await shown("ordinary", { layout: "tall" }))).toContain("Start session");
    expect(words(await shown("ordinary"))).not.toContain("Start session");
  });

  it("names the hours of today by the walker's clock, with minutes where a day begins within one", async () => {
    const card = await shown("kolkata", { layout: "tall" });
    const hours = [...(card.shadowRoot?.querySelectorAll<HTMLElement>(".hours li") ?? [])];
    expect(hours.map(({ title }) => title.replace(/\s+/g, " "))).toEqual([
      "02:30: 0 backward, 2 forward",
      "03: 40 backward, 2 forward",
      "04: 80 backward, 2 forward",
    ]);
  });

  it("says why the goal is what it is in the language of its reader", async () => {
    const asked: string[] = [];
    const localize = (key: string, values: Record<string, string> = {}): string => {
      asked.push(key);
      return `Il passe de ${values.goal} à ${values.next} le ${values.day}; ${values.met}/${values.needed}`;
    };
    const { locale } = fakeHass({ states: {}, walkers: [] });
    const more = { localize, locale: { ...locale, language: "fr" } };
    await loadTexts("fr");
    const text = words(await shown("ordinary", { layout: "tall" }, more));
    expect(text).toContain("Il passe de 600 pas à 700 pas le 23 novembre; 2/5");
    expect(asked[0]).toMatch(/^component\.retrostep\.entity\..*\.explanation\.state\.plan_waits$/);
  });

  it("does not say of a fixed goal that it was set", async () => {
    const ordinary = HOUSEHOLDS["ordinary"];
    HOUSEHOLDS["fixed"] = {
      states: ordinary?.states ?? {},
      walkers: [walker("ann", { explanation: { key: "fixed", values: {} } })],
    };
    const localize = () => "600 steps a day, as you set it.";
    expect(words(await shown("fixed", { layout: "tall" }, { localize }))).not.toContain("as you set it");
  });

  it("says it in the language of the house while its reader's is not loaded", async () => {
    const text = words(await shown("ordinary", { layout: "tall" }, { localize: () => "" }));
    expect(text).toContain("The plan is at 600 steps a day in week 3.");
  });

  it("is one line when compact", async () => {
    const card = await shown("ordinary", { layout: "compact" });
    expect(find(card, ".week")).toBeNull();
    expect(words(card)).toMatch(/^Ann ?188 steps to go ?412 ?of 600 steps/);
  });
});

describe("a day of the week", () => {
  const caption = (card: RetrostepCard) => find(card, ".week")?.previousElementSibling?.textContent;
  const days = (card: RetrostepCard) => [
    ...(card.shadowRoot?.querySelectorAll<HTMLButtonElement>(".day") ?? []),
  ];

  it("is written out when it is tapped, until something else is", async () => {
    const card = await shown("ordinary");
    expect(caption(card)).toBe("Last 7 days");
    days(card)[0]?.click();
    await card.updateComplete;
    expect(caption(card)).toBe("Thu: 320 of 300 steps");
    days(card)[0]?.dispatchEvent(new FocusEvent("blur"));
    await card.updateComplete;
    expect(caption(card)).toBe("Last 7 days");
  });

  it("of one walker does not speak for another", async () => {
    const card = await shown("two");
    days(card)[8]?.click();
    await card.updateComplete;
    const captions = [...(card.shadowRoot?.querySelectorAll(".week") ?? [])].map(
      (week) => week.previousElementSibling?.textContent,
    );
    expect(captions).toEqual(["Last 7 days", "Fri: 180 of 300 steps"]);
  });

  it("is reached from the next one with an arrow key, and today from outside", async () => {
    const card = await shown("ordinary");
    expect(days(card).map((day) => day.tabIndex)).toEqual([-1, -1, -1, -1, -1, -1, 0]);
    days(card)[6]?.focus();
    days(card)[6]?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    await card.updateComplete;
    expect(card.shadowRoot?.activeElement).toBe(days(card)[5]);
    expect(caption(card)).toBe("Tue: 380 of 350 steps");
  });
});

describe("designed states", () => {
  it.each([
    ["walking", "Walking backward"],
    ["over", "Goal reached · 135%"],
    ["due", "Time for a few steps"],
    ["first_day", "This is your first day."],
    ["no_pod", "No step pod yet. Add one to Ann"],
    ["pod_away", "The pod is out of range."],
    ["unavailable", "Waiting for Ann’s data"],
    ["not_loaded", "Ann couldn’t be loaded"],
    ["nobody", "Add a walker: Settings"],
    ["error", "Add RetroStep under Settings"],
    ["minutes", "of 8 min"],
  ])("%s says: %s", async (household, words_expected) => {
    expect(words(await shown(household))).toContain(words_expected);
  });

  it.each([
    ["an administrator", { user: { is_admin: true } }, true],
    ["others", { user: { is_admin: false } }, false],
  ])("a missing pod is linked to where one is added, for %s", async (_, user, linked) => {
    const link = find(await shown("no_pod", {}, user), ".hint a");
    expect(link?.getAttribute("href") ?? "").toBe(linked ? "/config/integrations/integration/retrostep" : "");
  });

  it("a walker without goals, sitting or sessions still has a card", async () => {
    const text = words(await shown("bare"));
    expect(text).toContain("412");
    expect(text).toContain("Backward today");
    expect(text).not.toContain("undefined");
    expect(text).not.toContain("NaN");
  });

  it("a card whose walkers are gone says so", async () => {
    expect(words(await shown("ordinary", { walkers: ["zoe"] }))).toContain("no longer exist");
  });

  it.each([
    ["nobody", "Add walker", "/config/integrations/dashboard/add?domain=retrostep"],
    ["error", "Add walker", "/config/integrations/dashboard/add?domain=retrostep"],
    ["not_loaded", "Open RetroStep", "/config/integrations/integration/retrostep"],
    ["pod_away", "Open pod", "/config/devices/device/pod"],
  ])("%s has a button that leads to the cure, for who may go there", async (household, label, href) => {
    const button = find(await shown(household), "a.action");
    expect(button?.textContent.trim()).toBe(label);
    expect(button?.getAttribute("href")).toBe(href);
    expect(find(await shown(household, {}, { user: { is_admin: false } }), "a.action")).toBeNull();
  });

  it("a disabled entity is found on the walker's device", async () => {
    HOUSEHOLDS["disabled"] = { states: {}, walkers: [walker("ann", { entities: {} })] };
    expect(find(await shown("disabled"), "a.action")?.getAttribute("href")).toBe(
      "/config/devices/device/device-ann",
    );
  });

  it("what was lost on the way can be loaded again", async () => {
    HOUSEHOLDS["lost"] = { states: {}, walkers: [], error: "timeout" };
    expect(find(await shown("lost"), "button.action")?.textContent.trim()).toBe("Reload");
  });

  it("a session leaves today's goal in sight", async () => {
    const row = find(await shown("session"), ".today-goal");
    expect(row?.textContent.replace(/\s+/g, " ").trim()).toBe("412 of 600 steps188 steps to go");
    expect(find(await shown("ordinary"), ".today-goal")).toBeNull();
  });

  it("a session shows stage, time left, what comes next and the beat", async () => {
    const text = words(await shown("session"));
    for (const part of ["2 of 4", "Walk backward", "1:25", "Next: Walk forward", "84 beats/min", "Stop"]) {
      expect(text).toContain(part);
    }
  });

  it("a name that looks like markup is shown as text", async () => {
    const card = await shown("markup");
    expect(words(card)).toContain("<img src=x onerror=alert(1)>");
    expect(find(card, "img")).toBeNull();
  });

  it("walkers stand side by side, in the order they were chosen", async () => {
    const names = (card: RetrostepCard) =>
      [...(card.shadowRoot?.querySelectorAll("h2") ?? [])].map((heading) => heading.textContent);
    expect(names(await shown("two"))).toEqual(["Ann", "Bob"]);
    expect(names(await shown("two", { walkers: ["bob", "device-ann"] }))).toEqual(["Bob", "Ann"]);
  });
});

describe("the user's ways of writing", () => {
  it("has Home Assistant write the distance, whose digits and unit can be chosen for the entity", async () => {
    const formatEntityState = vi.fn(() => "0.2034 km");
    expect(words(await shown("ordinary", {}, { formatEntityState }))).toContain("0.2034 km distance");
    expect(formatEntityState).toHaveBeenCalledWith(
      expect.objectContaining({ entity_id: "sensor.ann_backward_distance_today" }),
    );
  });

  it("uses feet where lengths are miles", async () => {
    const config = { time_zone: "UTC", unit_system: { length: "mi" }, components: [] };
    expect(words(await shown("ordinary", {}, { config }))).toContain("342 ft");
  });

  it("follows the number and time format", async () => {
    const locale = { language: "en", number_format: "decimal_comma", time_format: "12", time_zone: "server" };
    const card = await shown("ordinary", {}, { locale });
    card.hass = withState(card.hass as HomeAssistant, "sensor.ann_backward_steps_today", 12_345);
    await card.updateComplete;
    expect(words(card)).toContain("12.345");
    expect(words(card)).toMatch(/9:12.AM/);
  });
});

describe("changes", () => {
  it("one changed state is one render, and what is not shown is none", async () => {
    const card = await shown("ordinary");
    const rendered = vi.spyOn(card as unknown as { render(): unknown }, "render");
    card.hass = withState(card.hass as HomeAssistant, "sensor.ann_backward_steps_today", 414);
    await card.updateComplete;
    expect(words(card)).toContain("414");
    expect(rendered).toHaveBeenCalledTimes(1);
    card.hass = withState(card.hass, "light.kitchen", "on");
    await card.updateComplete;
    expect(rendered).toHaveBeenCalledTimes(1);
  });

  it("forward steps that come in show somebody walking forward", async () => {
    const card = await shown("ordinary");
    expect(words(card)).not.toContain("Walking forward");
    card.hass = withState(card.hass as HomeAssistant, "sensor.ann_forward_steps_today", 510);
    await card.updateComplete;
    expect(words(card)).toContain("Walking forward");
  });

  it("a card asks once for all cards, and lets go when the last one is gone", async () => {
    const end = vi.fn(() => Promise.resolve());
    const subscribeMessage = vi.fn((callback: (message: never) => void) => {
      callback({ walkers: [walker()] } as never);
      return Promise.resolve(end);
    });
    const connection = { subscribeMessage };
    const [first, second] = [
      await shown("ordinary", {}, { connection }),
      await shown("ordinary", {}, { connection }),
    ];
    expect(subscribeMessage).toHaveBeenCalledTimes(1);
    first.remove();
    second.remove();
    await settled();
    expect(end).toHaveBeenCalledTimes(1);
  });
});

it("a drawing starts no timer; what follows from it does, once it is seen", async () => {
  const card = await shown("session");
  card.hass = withState(card.hass as HomeAssistant, "sensor.ann_forward_steps_today", 510);
  const timers = [vi.spyOn(window, "setInterval"), vi.spyOn(window, "setTimeout")];
  (card as unknown as { render(): unknown }).render();
  for (const timer of timers) {
    expect(timer).not.toHaveBeenCalled();
    timer.mockRestore();
  }
});

describe("somebody who sits", () => {
  it("is seen to sit longer without anything being told", async () => {
    vi.useRealTimers();
    vi.useFakeTimers({ now: NOON, toFake: ["Date", "setInterval", "clearInterval"] });
    const card = await shown("ordinary");
    if (!card.hass) {
      throw new Error("no hass");
    }
    const id = "sensor.ann_sitting_time";
    const told = card.hass.states[id];
    const updated = { ...told, last_updated: new Date(NOON).toISOString() } as HassEntity;
    card.hass = { ...card.hass, states: { ...card.hass.states, [id]: updated } };
    await card.updateComplete;
    expect(words(card)).toContain("Sitting 32 min");
    vi.advanceTimersByTime(121_000);
    await card.updateComplete;
    expect(words(card)).toContain("Sitting 34 min");
    card.remove();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("what can be pressed", () => {
  it("a tap opens the entity", async () => {
    const card = await shown("ordinary");
    const asked = vi.fn();
    card.addEventListener("hass-action", (event) => asked((event as CustomEvent).detail));
    find(card, ".ring")?.click();
    expect(asked).toHaveBeenCalledWith({
      config: { entity: "sensor.ann_backward_steps_today", tap_action: { action: "more-info" } },
      action: "tap",
    });
  });

  it("a tap does what is configured", async () => {
    const tap_action = { action: "navigate", navigation_path: "/retro-step" };
    const card = await shown("ordinary", { tap_action });
    const asked = vi.fn();
    card.addEventListener("hass-action", (event) => asked((event as CustomEvent).detail.config.tap_action));
    find(card, ".ring")?.click();
    expect(asked).toHaveBeenCalledWith(tap_action);
  });

  it("Snooze presses the walker's button, and a refusal is told", async () => {
    const callService = vi.fn(() => Promise.reject(new Error("not allowed")));
    const card = await shown("ordinary", {}, { callService });
    find(card, ".sitting .action")?.click();
    await settled();
    await card.updateComplete;
    expect(callService).toHaveBeenCalledWith("button", "press", { entity_id: "button.ann_snooze" });
    expect(words(card)).toContain("That didn’t work: not allowed");
  });
});

it("Dismiss carries out the action for the walker", async () => {
  const callService = vi.fn(() => Promise.resolve());
  const card = await shown("due", {}, { callService });
  const [, dismiss] = [...(card.shadowRoot?.querySelectorAll<HTMLElement>(".sitting .action") ?? [])];
  dismiss?.click();
  await settled();
  expect(callService).toHaveBeenCalledWith("retrostep", "dismiss", { config_entry_id: "entry-ann" });
});

describe("configuration", () => {
  it.each([
    [{ layout: "huge" }, "layout: huge"],
    [{ walkers: [1] }, "walkers: a list"],
  ])("%j is refused", (config, problem) => {
    expect(configProblem(config as unknown as CardConfig)).toContain(problem);
    const card = document.createElement("retrostep-card") as RetrostepCard;
    expect(() => card.setConfig(config as unknown as CardConfig)).toThrow(problem);
  });
});
