import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RetrostepCard } from "../src/card";
import type { HomeAssistant } from "../src/types";
import { NOON } from "./fakes";
import { find, settled, shown, words } from "./shown";

beforeEach(() => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("before a session", () => {
  const choices = [
    { routine: "fit", unit: "seconds", backward: 180, seconds: 480 },
    { routine: "distance", unit: "metres", backward: 100, seconds: 360 },
    { routine: "somersaults", unit: "steps", backward: 40, seconds: 24 },
  ];
  const notes = [
    { key: "rest", text: "Rest when something hurts." },
    { key: "place", text: "Walk on flat ground." },
  ];
  const started = (read: object = {}) => [
    "retrostep",
    "start_session",
    { config_entry_id: "entry-ann", routine: "fit", ...read },
  ];

  async function press(card: RetrostepCard, label: string): Promise<void> {
    const buttons = [...(card.shadowRoot?.querySelectorAll("button") ?? [])];
    const button = buttons.find((one) => one.textContent?.includes(label));
    expect(button, label).toBeDefined();
    button?.click();
    await settled();
    await card.updateComplete;
  }

  async function asked(told: object, more: Partial<HomeAssistant> = {}) {
    const callService = vi.fn(() => Promise.resolve());
    const callWS = vi.fn(() => Promise.resolve(told)) as unknown as HomeAssistant["callWS"];
    const card = await shown("ordinary", { layout: "tall" }, { callService, callWS, ...more });
    await press(card, "Start session");
    expect(callWS).toHaveBeenCalledWith({ type: "retrostep/session_choices", entry_id: "entry-ann" });
    return { card, callService };
  }

  it("its size is chosen, the first being what is left of today's goal", async () => {
    const { card, callService } = await asked({ choices, notes: [] });
    const text = words(card);
    for (const part of [
      "How long?",
      "What’s left today 3 min backward, 8 min in all",
      "By distance 100 m backward, 6 min in all",
      "somersaults 40 steps backward, 1 min in all",
    ]) {
      expect(text).toContain(part);
    }
    expect(card.shadowRoot?.activeElement?.textContent).toBe("How long?");
    expect(callService).not.toHaveBeenCalled();
    await press(card, "What’s left today");
    expect(callService).toHaveBeenCalledWith(...started());
    expect(words(card)).not.toContain("How long?");
  });

  it("the safety notes are read first, in the reader's language, and that is told", async () => {
    const loadBackendTranslation = vi.fn(() => Promise.resolve());
    const localize = (key: string) => (key.endsWith("safety.options.place") ? "Geh auf ebenem Boden." : "");
    const { card, callService } = await asked({ choices, notes }, { loadBackendTranslation, localize });
    expect(loadBackendTranslation).toHaveBeenCalledWith("selector", "retrostep");
    expect(words(card)).toContain("Rest when something hurts.Geh auf ebenem Boden.");
    expect(words(card)).not.toContain("How long?");
    await press(card, "I’ve read this");
    await press(card, "What’s left today");
    expect(callService).toHaveBeenCalledWith(...started({ read_safety_notes: true }));
  });

  it("whoever cancels starts nothing", async () => {
    const { card, callService } = await asked({ choices, notes });
    await press(card, "Cancel");
    expect(words(card)).not.toContain("Rest when something hurts.");
    expect(words(card)).toContain("Start session");
    expect(callService).not.toHaveBeenCalled();
  });

  it("a refusal is told, and the choice stays", async () => {
    const callService = vi.fn(() => Promise.reject(new Error("already walking")));
    const { card } = await asked({ choices, notes: [] }, { callService });
    await press(card, "What’s left today");
    expect(words(card)).toContain("That didn’t work: already walking");
    expect(words(card)).toContain("How long?");
  });

  it("who may not start one is told so", async () => {
    const callWS = () => Promise.reject(new Error("Unauthorized"));
    const card = await shown("ordinary", { layout: "tall" }, { callWS });
    await press(card, "Start session");
    expect(words(card)).toContain("That didn’t work: Unauthorized");
  });

  it("without a pod none can be started, and the card says why", async () => {
    const card = await shown("no_pod", { layout: "tall" });
    const button = find(card, ".action.wide") as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    const reason = card.shadowRoot?.getElementById(button.getAttribute("aria-describedby") ?? "");
    expect(reason?.textContent).toBe("A session needs a step pod.");
  });
});
