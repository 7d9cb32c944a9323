/** Registers the cards and the dashboard strategy with Home Assistant. */

import { RetrostepCard } from "./card";
import { GOAL_FEATURE, isSupported, RetrostepGoalFeature } from "./feature";
import { RetrostepHistoryCard } from "./history-card";
import { loadTexts, text, type TextKey } from "./localize";
import { RetrostepSession } from "./session-screen";
import { fulfillWish, RetrostepStart, START_PAGE } from "./start";
import { RetrostepDashboardStrategy } from "./strategy";
import { suggestionFor } from "./suggestion";

const DOCUMENTATION = "https://github.com/retrostep/retrostep";

const registries = window as unknown as Record<
  "customCards" | "customCardFeatures" | "customStrategies",
  object[] | undefined
>;
const language = document.documentElement.lang || "en";
const say = (key: TextKey): string => text(language, key);

// A second copy, as of a resource somebody added by hand, must not break the page.
if (!customElements.get("retrostep-card")) {
  customElements.define("retrostep-card", RetrostepCard);
  customElements.define("retrostep-history-card", RetrostepHistoryCard);
  customElements.define(GOAL_FEATURE, RetrostepGoalFeature);
  customElements.define("retrostep-session", RetrostepSession);
  customElements.define("ll-strategy-dashboard-retrostep", RetrostepDashboardStrategy);
  customElements.define(START_PAGE, RetrostepStart);
  void loadTexts(language).then(offer);
  void fulfillWish();
}

/** Tells what can be added to dashboards, in the language of the page. */
function offer(): void {
  (registries.customCards ??= []).push(
    {
      type: "retrostep-card",
      name: say("card.name"),
      description: say("card.description"),
      preview: true,
      documentationURL: DOCUMENTATION,
      getEntitySuggestion: suggestionFor,
    },
    {
      type: "retrostep-history-card",
      name: say("history.name"),
      description: say("history.description"),
      preview: true,
      documentationURL: DOCUMENTATION,
    },
  );
  (registries.customCardFeatures ??= []).push({
    type: GOAL_FEATURE,
    name: say("feature.name"),
    isSupported,
    configurable: true,
  });
  (registries.customStrategies ??= []).push({
    type: "retrostep",
    strategyType: "dashboard",
    name: say("strategy.name"),
    description: say("strategy.description"),
    documentationURL: DOCUMENTATION,
  });
}
