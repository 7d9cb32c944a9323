/** Draws an element again by itself: while something is counted down, or once, when something fades. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

/** When to draw again: every so often and once, in milliseconds; 0: not by itself. */
export interface Rhythm {
  every_ms: number;
  once_ms: number;
}

/** Asks after each drawing what comes next, and starts or stops timers then: a drawing itself starts none. */
export class RhythmController implements ReactiveController {
  private clock: number | undefined;
  private every_ms = 0;
  private once: number | undefined;

  constructor(
    private host: ReactiveControllerHost,
    private next: () => Rhythm,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    this.beat(this.next());
  }

  hostDisconnected(): void {
    this.beat({ every_ms: 0, once_ms: 0 });
  }

  private beat({ every_ms, once_ms }: Rhythm): void {
    const draw = () => this.host.requestUpdate();
    if (every_ms !== this.every_ms) {
      window.clearInterval(this.clock);
      this.every_ms = every_ms;
      this.clock = every_ms ? window.setInterval(draw, every_ms) : undefined;
    }
    window.clearTimeout(this.once);
    this.once = once_ms ? window.setTimeout(draw, once_ms) : undefined;
  }
}
