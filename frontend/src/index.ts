/** Registers the cards and the dashboard strategy with Home Assistant. */

import { RetrostepCard } from "./card";
import { suggestionFor } from "./suggestion";
import { text } from "./localize";

const DOCUMENTATION = "https://github.com/retrostep/retrostep";

interface Registries {
  customCards?: object[];
  customStrategies?: object[];
}

const registries = window as unknown as Registries;
const language = document.documentElement.lang || "en";

// A second copy, as of a resource somebody added by hand, must not break the page.
if (!customElements.get("retrostep-card")) {
  customElements.define("retrostep-card", RetrostepCard);
  registries.customCards ??= [];
  registries.customCards.push({
    type: "retrostep-card",
    name: text(language, "card.name"),
    description: text(language, "card.description"),
    preview: true,
    documentationURL: DOCUMENTATION,
    getEntitySuggestion: suggestionFor,
  });
}
