/** What stands in a card in place of its content. */

import { html, nothing, type TemplateResult } from "lit";
import { say } from "./context";
import { icon } from "./icons";
import { optionalText, type TextKey } from "./localize";
import { ADD_PAGE } from "./pages";
import type { HomeAssistant } from "./types";

type Context = { hass: HomeAssistant };

/** Home Assistant does not know a command because what answers it is not set up. */
const UNKNOWN_COMMAND = "unknown_command";

/** A message in place of content: what is wrong, and what to do. */
export function message(title: string, body: string, extra: unknown = nothing): TemplateResult {
  return html`<div class="message">
    ${icon("info", "large")}
    <div>
      <strong>${title}</strong>
      <p>${body}</p>
      ${extra}
    </div>
  </div>`;
}

/** A button to the page where something can be put right; only administrators may open it. */
export function cure(context: Context, href: string, key: TextKey): unknown {
  return context.hass.user?.is_admin === false
    ? nothing
    : html`<a class="action" href=${href}>${say(context, key)}</a>`;
}

const reload = (context: Context): TemplateResult =>
  html`<button type="button" class="action" @click=${() => window.location.reload()}>
    ${say(context, "reload")}
  </button>`;

/** What is wrong with a configuration, which may come before any text. */
export function configError(hass: HomeAssistant | undefined, detail: string): string {
  return optionalText(hass?.locale.language ?? "en", "error.config", { detail }) ?? detail;
}

/** Why there are no walkers, by the error code of Home Assistant. */
export function feedProblem(context: Context, code: string): TemplateResult {
  const title = say(context, "error.title");
  return code === UNKNOWN_COMMAND
    ? message(title, say(context, "error.not_set_up"), cure(context, ADD_PAGE, "none.add"))
    : message(title, say(context, "error.failed", { detail: code }), reload(context));
}

/** Why there is no history, by what Home Assistant answered. */
export function historyProblem(context: Context, error: unknown): TemplateResult {
  const { code, message: detail } = error as { code?: string; message?: string };
  const what = say(context, "error.statistics", { detail: detail ?? code ?? String(error) });
  return message(say(context, "error.history"), what, reload(context));
}

/** What went wrong in the card itself. */
export function drawingProblem(context: Context, error: unknown): TemplateResult {
  const what = say(context, "error.render", { detail: String(error) });
  return message(say(context, "error.broken"), what, reload(context));
}
