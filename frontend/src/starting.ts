/** Before a guided session: the safety notes, once, and how long it shall be. */

import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from "lit";
import { amount, say, type Context, type Starting } from "./context";
import { formatDuration } from "./format";
import { icon } from "./icons";
import { optionalText } from "./localize";
import type { WalkerModel } from "./model";
import type { Asked, Choice, Choices, HomeAssistant, Note } from "./types";

const SAFETY = "component.retrostep.selector.safety.options";

type Host = ReactiveControllerHost & HTMLElement & { hass?: HomeAssistant };

/** Knows for which walkers somebody is being asked. */
export class StartController implements ReactiveController, Starting {
  private asked = new Map<string, Asked>();

  constructor(
    private host: Host,
    private attempt: (what: (hass: HomeAssistant) => Promise<unknown>) => Promise<void>,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.asked.clear();
  }

  of(entryId: string): Asked | undefined {
    return this.asked.get(entryId);
  }

  /** Asks the integration what there is to choose from, as it is now. */
  async ask(entryId: string): Promise<void> {
    await this.attempt(async (hass) => {
      const choices = await hass.callWS<Choices>({ type: "retrostep/session_choices", entry_id: entryId });
      if (choices.notes.length) {
        // In the language of who reads them, if Home Assistant has it.
        await hass.loadBackendTranslation?.("selector", "retrostep");
      }
      this.show(entryId, { ...choices, read: choices.notes.length === 0 });
    });
  }

  confirm(entryId: string): void {
    const asked = this.asked.get(entryId);
    if (asked) {
      this.show(entryId, { ...asked, read: true });
    }
  }

  close(entryId: string): void {
    this.asked.delete(entryId);
    this.host.requestUpdate();
  }

  async begin(entryId: string, routine: string): Promise<void> {
    const notesRead = (this.asked.get(entryId)?.notes.length ?? 0) > 0;
    await this.attempt(async (hass) => {
      await hass.callService("retrostep", "start_session", {
        config_entry_id: entryId,
        routine,
        ...(notesRead ? { read_safety_notes: true } : {}),
      });
      this.close(entryId);
    });
  }

  private show(entryId: string, asked: Asked): void {
    this.asked.set(entryId, asked);
    this.host.requestUpdate();
    // Who works with keys or ears goes on where the question is.
    void this.host.updateComplete.then(() =>
      this.host.shadowRoot?.querySelector<HTMLElement>(`[data-asks="${entryId}"]`)?.focus(),
    );
  }
}

/** The button that begins a session, or what is asked once it was pressed. */
export function startSession(context: Context, model: WalkerModel): TemplateResult | typeof nothing {
  const { walker } = model;
  const asked = context.start.of(walker.entry_id);
  if (model.guided || !model.startSession) {
    return nothing;
  }
  if (asked) {
    return asked.read ? sizes(context, model, asked.choices) : notes(context, model, asked.notes);
  }
  const action = say(context, "session.start");
  const needsPod = model.startSession === "no_pod";
  return html`<button
      type="button"
      class="action wide"
      ?disabled=${needsPod}
      aria-label=${say(context, "button.label", { action, name: walker.name })}
      aria-describedby=${needsPod ? `needs-pod-${walker.entry_id}` : nothing}
      @click=${() => void context.start.ask(walker.entry_id)}
    >
      ${icon("play")}${action}
    </button>
    ${
      needsPod
        ? html`<p class="quiet" id="needs-pod-${walker.entry_id}">${say(context, "session.no_pod")}</p>`
        : nothing
    }`;
}

function panel(
  context: Context,
  model: WalkerModel,
  title: string,
  content: unknown,
  buttons: unknown,
): TemplateResult {
  const id = model.walker.entry_id;
  return html`<section class="starting" aria-labelledby="starting-${id}">
    <h3 id="starting-${id}" tabindex="-1" data-asks=${id}>${title}</h3>
    ${content}
    <span class="tools">
      ${buttons}
      <button type="button" class="action" @click=${() => context.start.close(id)}>
        ${say(context, "cancel")}
      </button>
    </span>
  </section>`;
}

function notes(context: Context, model: WalkerModel, notes_: Note[]): TemplateResult {
  const told = ({ key, text }: Note) => context.hass.localize?.(`${SAFETY}.${key}`) || text;
  return panel(
    context,
    model,
    say(context, "session.notes"),
    html`<ul class="notes">
      ${notes_.map((note) => html`<li>${told(note)}</li>`)}
    </ul>`,
    html`<button type="button" class="action" @click=${() => context.start.confirm(model.walker.entry_id)}>
      ${icon("check")}${say(context, "session.notes.read")}
    </button>`,
  );
}

function sizes(context: Context, model: WalkerModel, choices: Choice[]): TemplateResult {
  const { language } = context.hass.locale;
  return panel(
    context,
    model,
    say(context, "session.how_long"),
    html`<div class="sizes">
      ${choices.map(
        (choice) =>
          html`<button
            type="button"
            class="size"
            @click=${() => void context.start.begin(model.walker.entry_id, choice.routine)}
          >
            <b>${optionalText(language, `session.size.${choice.routine}`) ?? choice.routine}</b>
            <span class="quiet"
              >${say(context, "session.size", {
                backward: backward(context, choice),
                time: formatDuration(context.hass, Math.max(60, Math.round(choice.seconds / 60) * 60)),
              })}</span
            >
          </button>`,
      )}
    </div>`,
    nothing,
  );
}

function backward(context: Context, { unit, backward: value }: Choice): string {
  return unit === "steps" || unit === "metres"
    ? amount(context, unit, value)
    : formatDuration(context.hass, value);
}
