import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../src/index";
import { GOAL_FEATURE, isSupported, type RetrostepGoalFeature } from "../src/feature";
import type { FeatureConfig, HomeAssistant } from "../src/types";
import { fakeHass, HOUSEHOLDS, NOON, withState } from "./fakes";
import { settled } from "./shown";

const STEPS = "sensor.ann_backward_steps_today";
const entities = {
  [STEPS]: { platform: "retrostep", device_id: "device-ann" },
  "button.left_shoe_sync": { platform: "retrostep", device_id: "pod" },
  "light.kitchen": { platform: "hue", device_id: "lamp" },
};

async function shown(
  household: string,
  config: Partial<FeatureConfig> = {},
  entity_id = STEPS,
): Promise<RetrostepGoalFeature> {
  const feature = document.createElement(GOAL_FEATURE) as RetrostepGoalFeature;
  feature.setConfig({ type: `custom:${GOAL_FEATURE}`, ...config });
  feature.context = { entity_id };
  feature.hass = fakeHass(HOUSEHOLDS[household] ?? { states: {}, walkers: [] }, { entities });
  document.body.append(feature);
  await settled();
  await feature.updateComplete;
  return feature;
}

const words = (feature: RetrostepGoalFeature) =>
  (feature.shadowRoot?.textContent ?? "").replace(/\s+/g, " ").trim();
const spoken = (feature: RetrostepGoalFeature) =>
  feature.shadowRoot?.querySelector("[role=img]")?.getAttribute("aria-label");
const ring = (feature: RetrostepGoalFeature) => feature.shadowRoot?.querySelector(".arcs");

beforeEach(() => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("where it can be added", () => {
  it.each([
    [STEPS, true],
    ["button.left_shoe_sync", true],
    ["light.kitchen", false],
    [undefined, false],
  ])("to a card of %s: %s", (entity_id, can) => {
    const hass = fakeHass({ states: {}, walkers: [] }, { entities });
    expect(isSupported(hass, entity_id ? { entity_id } : {})).toBe(can);
  });

  it("Home Assistant is told of it once the texts of the page are there", async () => {
    await settled();
    const { customCardFeatures } = window as unknown as { customCardFeatures: object[] };
    expect(customCardFeatures).toEqual([
      { type: GOAL_FEATURE, name: "RetroStep: today’s goal", isSupported, configurable: true },
    ]);
  });
});

describe("what it shows", () => {
  it("is a ring and what is done of today's goal", async () => {
    const feature = await shown("ordinary");
    expect(words(feature)).toBe("412 of 600 steps");
    expect(ring(feature)).not.toBeNull();
    expect(spoken(feature)).toBe("Ann: 412 steps of 600 steps, 69%, 5 days in a row");
  });

  it("belongs to the walker of a pod, too", async () => {
    expect(words(await shown("ordinary", {}, "button.left_shoe_sync"))).toBe("412 of 600 steps");
  });

  it.each<[Partial<FeatureConfig>, string, string]>([
    [{ number: "left" }, "ordinary", "188 steps to go"],
    [{ number: "left" }, "over", "812 of 600 steps"],
    [{ number: "percent" }, "ordinary", "69% of 600 steps"],
    [{ show_goal: false }, "ordinary", "412"],
    [{ show_streak: true }, "ordinary", "412 of 600 steps5"],
    [{}, "bare", "412 steps"],
    [{}, "unavailable", "Waiting for Ann’s data"],
    [{}, "error", "RetroStep is not responding"],
    [{}, "nobody", "No walker for this entity"],
  ])("with %j in the household %s: %s", async (config, household, expected) => {
    expect(words(await shown(household, config))).toBe(expected);
  });

  it("has no ring where none is wanted", async () => {
    expect(ring(await shown("ordinary", { show_ring: false }))).toBeNull();
  });
});

it("is drawn again for what it shows, and for nothing else of the house", async () => {
  const feature = await shown("ordinary");
  const rendered = vi.spyOn(feature as unknown as { render(): unknown }, "render");
  feature.hass = withState(feature.hass as HomeAssistant, "light.kitchen", "on");
  await feature.updateComplete;
  expect(rendered).not.toHaveBeenCalled();
  feature.hass = withState(feature.hass, STEPS, 414);
  await feature.updateComplete;
  expect(words(feature)).toBe("414 of 600 steps");
  expect(rendered).toHaveBeenCalledTimes(1);
});

it("offers a setting for each thing that can be shown", () => {
  const form = (
    customElements.get(GOAL_FEATURE) as unknown as typeof RetrostepGoalFeature
  ).getConfigForm() as { schema: { name: string }[]; computeLabel(field: { name: string }): string };
  expect(form.schema.map((field) => form.computeLabel(field))).toEqual([
    "Number",
    "Show ring",
    "Show goal",
    "Show streak",
  ]);
});
