/** Looks of the full-screen session: letters of a size with the screen, read from three meters on ten inches. */

import { css } from "lit";

export const session = css`
  .screen {
    position: fixed;
    inset: 0;
    z-index: 1000;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: space-between;
    gap: 1.5vmin;
    box-sizing: border-box;
    padding: max(3vmin, env(safe-area-inset-top)) max(4vmin, env(safe-area-inset-right))
      max(3vmin, env(safe-area-inset-bottom)) max(4vmin, env(safe-area-inset-left));
    overflow: auto;
    outline: none;
    text-align: center;
    line-height: 1.1;
    font-size: 6vmin;
    font-family: var(--ha-font-family-body, inherit);
    color: var(--primary-text-color);
    background: var(--card-background-color, #fff);
    --tone: var(--secondary-text-color);
  }
  .backward {
    --tone: var(--backward);
  }
  .waits {
    --tone: var(--due);
  }
  .over {
    --tone: var(--met);
  }
  /* A frame in the color of what goes on is seen from the corner of an eye. */
  .screen::before {
    content: "";
    position: fixed;
    inset: 0;
    border: 1.5vmin solid var(--tone);
    pointer-events: none;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 3vmin;
    inline-size: 100%;
    font-size: max(4vmin, 16px);
    color: var(--secondary-text-color);
    text-align: start;
    overflow-wrap: anywhere;
  }
  .close,
  .stop {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    border-radius: 10vmin;
    background: var(--button);
  }
  .close {
    flex: none;
    inline-size: max(10vmin, 48px);
    block-size: max(10vmin, 48px);
    color: var(--primary-text-color);
  }
  .stage {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 1vmin 3vmin;
    overflow-wrap: anywhere;
  }
  .stage strong {
    font-size: 11vmin;
    font-weight: 600;
  }
  .stage p {
    flex-basis: 100%;
    font-size: 7vmin;
    font-weight: 500;
  }
  .arrows,
  .mark {
    flex: none;
    color: var(--tone);
    font-size: 12vmin;
    line-height: 0;
  }
  .arrows .icon {
    margin-inline: -0.38em;
    animation: run 1.2s infinite;
  }
  .backward .arrows .icon:nth-child(1),
  .forward .arrows .icon:nth-child(3) {
    animation-delay: 0.4s;
  }
  .arrows .icon:nth-child(2) {
    animation-delay: 0.2s;
  }
  :host([rtl]) .arrows {
    transform: scaleX(-1);
  }
  .left b {
    display: block;
    font-size: 32vmin;
    line-height: 1;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
  }
  .waits .left b {
    font-size: 26vmin;
  }
  .left,
  .next {
    color: var(--secondary-text-color);
  }
  .left b {
    color: var(--primary-text-color);
  }
  .gauge {
    flex: none;
    inline-size: 100%;
    block-size: 2.5vmin;
    border-radius: 2vmin;
    background: var(--soft);
    overflow: hidden;
  }
  .gauge i {
    display: block;
    block-size: 100%;
    background: var(--tone);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 2vmin 6vmin;
    inline-size: 100%;
  }
  .stop {
    min-block-size: max(13vmin, 48px);
    padding: 0 8vmin;
    font-weight: 500;
  }
  .foot p {
    flex-basis: 100%;
    font-size: max(2.5vmin, 12px);
  }
  @keyframes run {
    0%,
    100% {
      opacity: 0.25;
    }
    40% {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .arrows .icon {
      animation: none;
    }
  }
`;
