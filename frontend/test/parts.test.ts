import { afterEach, describe, expect, it, vi } from "vitest";
import { dayBars, ringArcs } from "../src/chart";
import { Feed } from "../src/feed";
import { formatCountdown, formatDuration, formatTime, formatWhen } from "../src/format";
import { optionalText, text } from "../src/localize";
import { toNumber, walkerModel } from "../src/model";
import { ForwardMotion, FORWARD_FADES_MS } from "../src/motion";
import { RetrostepDashboardStrategy } from "../src/strategy";
import { suggestionFor } from "../src/suggestion";
import "../src/index";
import { fakeHass, HOUSEHOLDS, NOON, states, walker, week } from "./fakes";

const hass = fakeHass({ states: {}, walkers: [] });

describe("bars", () => {
  it("days with goals of one kind share a scale, so that a grown goal is a higher line", () => {
    const bars = dayBars(week([100, 300], [100, 200]), () => false);
    expect(bars.map((bar) => bar.goal?.toFixed(2))).toEqual(["0.33", "0.67"]);
    expect(bars.map((bar) => bar.outcome)).toEqual(["met", "met"]);
  });

  it("days with goals of several kinds are shares of their goals", () => {
    const [first, second] = week([50, 150], [100, 100]);
    if (!first?.goal || !second?.goal) {
      throw new Error("no goals");
    }
    const minutes = { ...first, goal: { ...first.goal, kind: "minutes" as const, value: 10, done: 5 } };
    const bars = dayBars([minutes, second], () => false);
    expect(bars.map((bar) => bar.height.toFixed(2))).toEqual(["0.33", "1.00"]);
    expect(bars.map((bar) => bar.goal?.toFixed(2))).toEqual(["0.67", "0.67"]);
  });

  it("a day out of scale is cut, and leaves all others as they are", () => {
    const bars = dayBars(week([150, 300, 3000], [300, 300, 300]), () => false);
    expect(bars.map((bar) => bar.height.toFixed(2))).toEqual(["0.33", "0.67", "1.00"]);
    expect(bars.map((bar) => bar.goal?.toFixed(2))).toEqual(["0.67", "0.67", "0.67"]);
    expect(bars.map((bar) => bar.cut)).toEqual([false, false, true]);
  });

  it("somebody who goes far beyond the goal every day is not cut", () => {
    const bars = dayBars(week([900, 1000, 1100], [300, 300, 300]), () => false);
    expect(bars.map((bar) => bar.cut)).toEqual([false, false, false]);
    expect(bars[0]?.height.toFixed(2)).toBe("0.82");
  });

  it("without goals a day is out of scale beside what is usual", () => {
    const bars = dayBars(week([0, 100, 120, 5000], [null, null, null, null]), () => false);
    expect(bars.map((bar) => bar.height.toFixed(2))).toEqual(["0.00", "0.56", "0.67", "1.00"]);
  });

  it("today is not missed before it is over", () => {
    const [bar] = dayBars(week([10], [100]), () => true);
    expect(bar?.outcome).toBe("none");
  });
});

it("a ring beyond its goal begins a second round", () => {
  expect(ringArcs(0.5)).toEqual({ first: 0.5, second: 0 });
  expect(ringArcs(1.25)).toEqual({ first: 1, second: 0.25 });
  expect(ringArcs(7)).toEqual({ first: 1, second: 1 });
});

describe("writing", () => {
  it("durations", () => {
    expect([0, 45, 95, 300, 720, 3900].map((seconds) => formatDuration(hass, seconds))).toEqual([
      "0 sec",
      "45 sec",
      "1:35 min",
      "5 min",
      "12 min",
      "1 hr 5 min",
    ]);
    const german = { ...hass, locale: { ...hass.locale, language: "de" } };
    expect(formatDuration(german, 225)).toBe("3:45 Min.");
    expect(formatCountdown(125)).toBe("2:05");
    expect(formatCountdown(-3)).toBe("0:00");
  });

  it("times by the user's clock and the house's zone", () => {
    const berlin = { ...hass, config: { ...hass.config, time_zone: "Europe/Berlin" } };
    expect(formatTime(berlin, new Date(NOON))).toBe("13:00");
    expect(formatWhen(hass, new Date(NOON - 3_600_000), new Date(NOON))).toBe("11:00");
    expect(formatWhen(hass, new Date(NOON - 86_400_000), new Date(NOON))).toBe("Tue, 12:00");
    expect(formatWhen(hass, new Date(NOON - 30 * 86_400_000), new Date(NOON))).toBe("Oct 19, 12:00");
  });

  it("texts fall back to English, unknown ones are none", () => {
    expect(text("de-CH", "snooze")).toBe("Snooze");
    expect(optionalText("en", "stage.somersault")).toBeUndefined();
    expect(text("en", "of_goal", { goal: "3" })).toBe("of 3");
  });
});

describe("what states say", () => {
  it("only finite numbers are numbers", () => {
    expect(["12", 3.5, "unknown", "", null, "Infinity"].map(toNumber)).toEqual([
      12,
      3.5,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("renamed entities are read where they are now", () => {
    const one = walker();
    one.entities["sensor.backward_steps_today"] = "sensor.renamed";
    const house = { walkers: [one], states: states("ann", { "sensor.renamed": 77 }) };
    expect(walkerModel(fakeHass(house), one, new Date(NOON)).steps).toBe(77);
  });

  it("time sat is counted on from when it was told, until it should have been told anew", () => {
    const [one] = HOUSEHOLDS["ordinary"]?.walkers ?? [];
    if (!one) {
      throw new Error("nobody");
    }
    const minutes = (state: string, after_s: number): number | undefined => {
      const house = { walkers: [one], states: states("ann", { "sensor.ann_sitting_state": state }) };
      const hass = fakeHass(house);
      const told = hass.states["sensor.ann_sitting_time"];
      if (told) {
        told.last_updated = new Date(NOON).toISOString();
      }
      return walkerModel(hass, one, new Date(NOON + after_s * 1000)).sitting?.minutes;
    };
    expect(minutes("sitting", 59)).toBe(32);
    expect(minutes("sitting", 60)).toBe(33);
    expect(minutes("due", 200)).toBe(35);
    expect(minutes("snoozed", 240)).toBe(36);
    expect(minutes("sitting", 86_400)).toBe(37);
    expect(minutes("sitting", -300)).toBe(32);
    expect(minutes("quiet", 240)).toBe(32);
  });

  it("a pod that sleeps is away by its status, one without a status by its steps", () => {
    const away = HOUSEHOLDS["pod_away"];
    const [ann] = away?.walkers ?? [];
    if (!away || !ann) {
      throw new Error("nobody");
    }
    expect(walkerModel(fakeHass(away), ann, new Date(NOON)).hint).toBe("pod_away");
    const saving = {
      ...ann,
      pods: ann.pods.map((pod) => ({ ...pod, entities: { ...pod.entities, "Prevent sleep": "switch.pod" } })),
    };
    expect(walkerModel(fakeHass(away), saving, new Date(NOON)).hint).toBe("pod_saves");
    const plain = walker("ann", {
      pods: [{ name: "", device_id: null, entities: { "Backward steps": "sensor.pod" } }],
    });
    const house = { walkers: [plain], states: states("ann", { "sensor.pod": "unavailable" }) };
    expect(walkerModel(fakeHass(house), plain, new Date(NOON)).hint).toBe("pod_away");
  });
});

it("walking forward fades when no more steps come", () => {
  const motion = new ForwardMotion();
  expect(motion.update("ann", 10, 0)).toBe(false);
  expect(motion.update("ann", 12, 100)).toBe(true);
  expect(motion.update("ann", 12, 100 + FORWARD_FADES_MS)).toBe(false);
  expect(motion.update("bob", 12, 100)).toBe(false);
});

describe("the feed", () => {
  afterEach(() => vi.useRealTimers());

  it("asks again after an error, but not all the time", async () => {
    const subscribeMessage = vi.fn(() =>
      Promise.reject(Object.assign(new Error(), { code: "unknown_command" })),
    );
    const feed = new Feed({ subscribeMessage });
    const told = vi.fn();
    feed.subscribe(told);
    await Promise.resolve();
    await Promise.resolve();
    expect(told).toHaveBeenLastCalledWith({ error: "unknown_command" });
    feed.retry();
    expect(subscribeMessage).toHaveBeenCalledTimes(1);
    feed.retry(Date.now() + 11_000);
    expect(subscribeMessage).toHaveBeenCalledTimes(2);
  });
});

describe("the dashboard", () => {
  const made = async (household: string): Promise<string> =>
    JSON.stringify(
      await RetrostepDashboardStrategy.generate(
        {},
        fakeHass(HOUSEHOLDS[household] ?? { states: {}, walkers: [] }),
      ),
    );

  it("has a card for each walker, the past, sessions, sitting and the pods", async () => {
    const config = await made("two");
    for (const part of [
      '"walkers":["device-ann"]',
      '"walkers":["device-bob"]',
      "retrostep-history-card",
      "sensor.ann_last_session",
      "sensor.bob_sitting_state",
      "binary_sensor.pod_status",
      '"type":"markdown"',
    ]) {
      expect(config).toContain(part);
    }
  });

  it("lists what happened to a walker, and nothing where Home Assistant keeps no Activity", async () => {
    const entities = {
      "event.activity": "event.ann_activity",
      "event.reminder": "event.ann_reminder",
      "binary_sensor.worn": "binary_sensor.ann_worn",
      "binary_sensor.walking_backward": "binary_sensor.ann_walking_backward",
    };
    const house = fakeHass({ states: {}, walkers: [walker("ann", { entities })] });
    const activity = {
      type: "logbook",
      title: "Activity · Ann",
      target: { entity_id: ["event.ann_activity", "event.ann_reminder", "binary_sensor.ann_worn"] },
    };
    expect(JSON.stringify(await RetrostepDashboardStrategy.generate({}, house))).not.toContain("logbook");
    house.config.components.push("logbook");
    expect(JSON.stringify(await RetrostepDashboardStrategy.generate({}, house))).toContain(
      JSON.stringify(activity),
    );
  });

  const podPage = async (entities: Record<string, string>): Promise<Shown[]> => {
    const ann = { ...walker(), pods: [{ name: "Left shoe", device_id: "pod", entities }] };
    const config = (await RetrostepDashboardStrategy.generate(
      {},
      fakeHass({ states: {}, walkers: [ann] }),
    )) as { views: { path: string; sections: { cards: Shown[]; column_span: number }[] }[] };
    const [section] = config.views.find(({ path }) => path === "pods")?.sections ?? [];
    expect(section?.column_span).toBe(3);
    return section?.cards ?? [];
  };

  it("tells of a pod what a person needs, and of its sensor only while something is wrong", async () => {
    const cards = await podPage({
      Worn: "binary_sensor.pod_worn",
      "Sensor status": "sensor.pod_sensor_status",
      "Direction confidence": "sensor.pod_direction_confidence",
      Problem: "binary_sensor.pod_problem",
      Status: "binary_sensor.pod_status",
      "Calibrate: walk 8 steps forward": "button.pod_calibrate",
    });
    const tiles = cards.filter(({ type }) => type === "tile");
    expect(tiles.map(({ entity }) => entity)).toEqual([
      "binary_sensor.pod_status",
      "binary_sensor.pod_worn",
      "binary_sensor.pod_problem",
      "sensor.pod_sensor_status",
      "button.pod_calibrate",
    ]);
    const whenWrong = [{ entity: "binary_sensor.pod_problem", condition: "state", state: "on" }];
    expect(tiles.map(({ visibility }) => visibility)).toEqual([
      undefined,
      undefined,
      whenWrong,
      whenWrong,
      undefined,
    ]);
    expect(JSON.stringify(cards)).toContain("/config/devices/device/pod");
  });

  it("says that all steps are here, or that some are still on the pod", async () => {
    const notes = (await podPage({ "Unsynced minutes": "sensor.unsynced" })).filter(
      ({ type }) => type === "markdown",
    );
    expect(notes.map(({ content, visibility }) => [content, visibility])).toEqual([
      ["All steps are here.", [{ entity: "sensor.unsynced", condition: "numeric_state", below: 1 }]],
      [
        "Some steps are still on the pod. They’re added at the next sync.",
        [{ entity: "sensor.unsynced", condition: "numeric_state", above: 0 }],
      ],
    ]);
  });

  it("has one history, and beside it no other number of the same week", async () => {
    const config = await made("ordinary");
    const page = config.slice(config.indexOf('"path":"history"'), config.indexOf('"path":"pods"'));
    expect(page.match(/retrostep-history-card/g)).toHaveLength(1);
    expect(page).not.toMatch(/steps_week|sessions_today|goal_days_this_week|sitting_time/);
  });

  it("says what to do where nobody walks, where RetroStep does not answer and where a pod is missing", async () => {
    expect(await made("nobody")).toContain("custom:retrostep-card");
    expect(await made("error")).toContain("custom:retrostep-card");
    expect(await made("no_pod")).toContain("no step pod yet");
    expect(await made("no_pod")).toContain("[Open RetroStep](/config/integrations/integration/retrostep)");
  });

  it("is made anew when devices or entities come and go", () => {
    expect(RetrostepDashboardStrategy.registryDependencies).toEqual(["devices", "entities"]);
  });

  it("proposes a name and an icon to whoever adds it", () => {
    expect(RetrostepDashboardStrategy.getCreateSuggestions()).toEqual({
      title: "RetroStep",
      icon: "mdi:shoe-print",
    });
  });

  it("shows a name in a text as it is", async () => {
    const [ann] = HOUSEHOLDS["no_pod"]?.walkers ?? [];
    const house = { states: {}, walkers: [{ ...walker(), ...ann, name: "<img src=x>", pods: [] }] };
    expect(JSON.stringify(await RetrostepDashboardStrategy.generate({}, fakeHass(house)))).toContain(
      "&#60;img src=x&#62; has no step pod yet",
    );
  });
});

describe("the pickers", () => {
  it("the card is proposed for the entities of a walker and no others", () => {
    const entities = {
      "sensor.a": { platform: "retrostep", device_id: "d" },
      "sensor.b": { platform: "sun" },
    };
    expect(suggestionFor({ ...hass, entities }, "sensor.a")).toEqual({
      config: { type: "custom:retrostep-card", walkers: ["d"], layout: "standard" },
    });
    expect(suggestionFor({ ...hass, entities }, "sensor.b")).toBeNull();
  });

  it("every field of the forms has a label", () => {
    for (const name of ["retrostep-card", "retrostep-history-card"]) {
      const element = customElements.get(name) as unknown as {
        getConfigForm(): { schema: Field[]; computeLabel(field: Field): string };
      };
      const form = element.getConfigForm();
      const fields = form.schema.flatMap((field) => field.schema ?? [field]);
      expect(fields.map((field) => form.computeLabel(field))).not.toContain(undefined);
      expect(fields.filter((field) => form.computeLabel(field) === field.name)).toEqual([]);
    }
  });
});

interface Shown {
  type: string;
  entity?: string;
  content?: string;
  visibility?: object[];
}

interface Field {
  name: string;
  schema?: Field[];
}
