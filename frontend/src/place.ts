/** What styles must know of a card's place and older browsers can't tell them: its width, and which way is read. */

import type { LitElement, ReactiveController } from "lit";

/** Widest an element is to get an attribute, in its own letters: `medium`, `narrow` and `tiny` ones. */
const WIDTHS_EM = { medium: 34, narrow: 27, tiny: 15 };
/**
 * Widest in pixels, however large letters are: walkers are one below the other in `stacked` ones; `half` are
 * those in six of a section's twelve columns, where there is room for the most important things only.
 */
const WIDTHS_PX = { stacked: 580, half: 266 };

/**
 * Says with attributes how wide an element is, and with `--percent` how much a hundredth of it is.
 * Container queries would do the same, but the oldest browsers the card is for don't have them.
 */
export function fit(element: HTMLElement, width: number): void {
  const letter = parseFloat(getComputedStyle(element).fontSize) || 14;
  for (const [name, most] of Object.entries(WIDTHS_EM)) {
    element.toggleAttribute(name, width <= most * letter);
  }
  for (const [name, most] of Object.entries(WIDTHS_PX)) {
    element.toggleAttribute(name, width <= most);
  }
  element.style.setProperty("--percent", `${(width / 100).toFixed(2)}px`);
}

/** Keeps the attributes of a card and of each walker in it as they should be. */
export class PlaceController implements ReactiveController {
  private known = new WeakSet<Element>();
  // It is told before anything is painted, so nobody sees a card change its shape.
  private sizes = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      fit(target as HTMLElement, contentRect.width);
    }
  });

  constructor(private host: LitElement) {
    host.addController(this);
  }

  hostUpdate(): void {
    this.host.toggleAttribute("rtl", getComputedStyle(this.host).direction === "rtl");
  }

  hostUpdated(): void {
    for (const element of this.host.renderRoot.querySelectorAll("ha-card, .one")) {
      if (!this.known.has(element)) {
        this.known.add(element);
        this.sizes.observe(element);
      }
    }
  }
}
