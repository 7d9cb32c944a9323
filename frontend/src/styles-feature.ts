/** Looks of the feature: as high as its card says, in a row of its own or beside the name in a tile. */

import { css } from "lit";

export const rings = css`
  .mini {
    position: relative;
    inline-size: 2.6em;
    block-size: 2.6em;
    flex: none;
    display: grid;
    place-items: center;
  }
  .mini .arcs {
    position: absolute;
    inset: 0;
    stroke-width: 12;
  }
  .mini .icon {
    font-size: 1.1em;
    color: var(--secondary-text-color);
  }
  .arcs {
    inline-size: 100%;
    block-size: 100%;
    display: block;
    fill: none;
    stroke-width: 11;
    stroke-linecap: round;
  }
  .track {
    stroke: var(--soft);
  }
  .arc {
    stroke: var(--backward);
    transition: stroke-dasharray 0.6s ease;
  }
  .met .arc {
    stroke: var(--met);
  }
  /* Over the first round, which is full. */
  .met .again {
    stroke: var(--primary-text-color);
    stroke-opacity: 0.3;
  }
  @media (prefers-reduced-motion: reduce) {
    .arc {
      transition: none;
    }
  }
`;

export const feature = css`
  :host {
    inline-size: 100%;
    block-size: var(--feature-height, 42px);
    color: var(--primary-text-color);
    /* A tap is one on the card. */
    pointer-events: none !important;
  }
  .told,
  .goal {
    display: flex;
    block-size: 100%;
    overflow: hidden;
  }
  .told {
    align-items: center;
    font-size: var(--ha-font-size-s, 12px);
    line-height: 1.2;
  }
  /* The number comes first: what there is no room for goes to a second line, which nobody sees. */
  .goal {
    flex-flow: row-reverse wrap;
    justify-content: flex-end;
    column-gap: 8px;
  }
  .tinted {
    --backward: var(--feature-color);
  }
  .words {
    flex: 1 1 3em;
    block-size: 100%;
    display: flex;
    flex-direction: column;
    justify-content: center;
    line-height: 1.2;
    unicode-bidi: plaintext;
  }
  .words b {
    font-size: var(--ha-font-size-l, 16px);
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .below {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    max-block-size: 1.2em;
    overflow: hidden;
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
  }
  .streak {
    display: inline-flex;
    align-items: center;
    gap: 2px;
  }
  .streak .icon {
    color: var(--due);
  }
  .goal .mini {
    --size: min(var(--feature-height, 42px), 36px);
    inline-size: var(--size);
    block-size: 100%;
  }
  .goal .mini .arcs {
    inset: auto;
    inline-size: var(--size);
    block-size: var(--size);
  }
`;
