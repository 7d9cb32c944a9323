/** Looks of the card: nothing but the theme's variables decides colours and shapes. */

import { css } from "lit";

export const base = css`
  :host {
    display: block;
    font-size: var(--ha-font-size-m, 14px);
    --backward: var(--retrostep-backward-color, var(--primary-color));
    --forward: var(--retrostep-forward-color, var(--faint));
    --met: var(--retrostep-met-color, var(--success-color));
    --due: var(--retrostep-due-color, var(--warning-color));
    /* Colours for browsers that can't mix them; those that can have the ones below. */
    --faint: var(--disabled-text-color, var(--secondary-text-color));
    --soft: var(--divider-color);
    --line: var(--secondary-text-color);
    --walks: var(--divider-color);
    --button: var(--divider-color);
    --button-hover: var(--faint);
  }
  @supports (color: color-mix(in srgb, red 50%, blue)) {
    :host {
      --faint: color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
      --soft: color-mix(in srgb, var(--primary-text-color) 9%, transparent);
      --line: color-mix(in srgb, var(--primary-text-color) 55%, transparent);
      --walks: color-mix(in srgb, var(--backward) 16%, transparent);
      --button: color-mix(in srgb, var(--primary-color) 16%, transparent);
      --button-hover: color-mix(in srgb, var(--primary-color) 26%, transparent);
    }
  }
  ha-card {
    block-size: 100%;
    box-sizing: border-box;
    overflow: auto;
    color: var(--primary-text-color);
  }
  .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: currentColor;
  }
  .icon.large {
    inline-size: 2rem;
    block-size: 2rem;
    color: var(--secondary-text-color);
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .quiet {
    color: var(--secondary-text-color);
  }
  h2,
  h3,
  p,
  ul,
  li {
    margin: 0;
    padding: 0;
    list-style: none;
    font: inherit;
  }
  button {
    font: inherit;
    color: inherit;
    border: none;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  .plain {
    min-block-size: 40px;
    background: none;
    padding: 0;
    margin: 0;
    text-align: start;
    border-radius: 8px;
  }
  .action {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 40px;
    padding: 0 14px;
    border-radius: 20px;
    font-weight: 500;
    background: var(--button);
  }
  .action:hover {
    background: var(--button-hover);
  }
  .action:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .action.wide {
    inline-size: 100%;
    min-block-size: 42px;
    border-radius: 21px;
  }
  .message {
    display: flex;
    gap: 16px;
    align-items: center;
    padding: 20px;
  }
  .message p {
    margin-block-start: 4px;
    color: var(--secondary-text-color);
    line-height: 1.4;
  }
  .message .action {
    margin-block-start: 12px;
    text-decoration: none;
    color: inherit;
  }
`;

export const bars = css`
  .week {
    display: flex;
    justify-content: flex-end;
    margin-inline: -3px;
  }
  .week li {
    /* A seventh of the width, also where there are fewer days yet. */
    flex: 0 1 calc(100% / 7);
    min-inline-size: 0;
  }
  .day {
    position: relative;
    inline-size: 100%;
    padding-inline: 3px;
    display: flex;
    flex-direction: column;
    align-items: center;
  }
  .day:hover,
  .day:focus {
    background: var(--soft);
  }
  .column {
    position: relative;
    inline-size: 100%;
    max-inline-size: 34px;
    block-size: 64px;
    display: flex;
    align-items: flex-end;
    margin-block-start: 3px;
  }
  .bar {
    position: relative;
    inline-size: 100%;
    min-block-size: 3px;
    border-radius: 5px;
    background: var(--backward);
    opacity: 0.5;
  }
  /* A break in what is longer than it can be drawn. */
  .cut::after {
    content: "";
    position: absolute;
    inset-inline: -1px;
    inset-block-start: 9px;
    block-size: 4px;
    background: var(--ha-card-background, var(--card-background-color, #fff));
    transform: skewY(-14deg);
  }
  .today .bar,
  .met .bar {
    opacity: 1;
  }
  .met .bar {
    background: var(--met);
  }
  .column .goal {
    position: absolute;
    inset-inline: -2px;
    block-size: 2px;
    margin-block-end: -1px;
    border-radius: 1px;
    background: var(--line);
  }
  .rest .goal,
  .paused .goal {
    opacity: 0.35;
  }
  .mark {
    block-size: 1.3em;
    margin-block-start: 5px;
    font-size: min(0.8em, 4 * var(--percent, 1em));
    color: var(--secondary-text-color);
  }
  .met .mark {
    color: var(--met);
  }
  .week .label {
    /* Seven names share the width, however large letters are. */
    font-size: min(var(--ha-font-size-s, 12px), 4.2 * var(--percent, 1em));
    color: var(--secondary-text-color);
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: clip;
    white-space: nowrap;
  }
  .label > :last-child,
  [half] .label > :first-child {
    display: none;
  }
  [half] .label > :last-child {
    display: inline;
    font-size: 12px;
  }
  .today .label {
    color: var(--primary-text-color);
    font-weight: 600;
  }
  .hours {
    display: flex;
    align-items: flex-end;
    gap: 2px;
    block-size: 44px;
    border-block-end: 1px solid var(--divider-color);
  }
  .hours li {
    flex: 1;
    block-size: 100%;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    position: relative;
  }
  .hours i {
    background: var(--backward);
  }
  .hours i.forward {
    background: var(--forward);
    border-start-start-radius: 3px;
    border-start-end-radius: 3px;
  }
  .axis {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    font-size: min(var(--ha-font-size-s, 12px), 4.2 * var(--percent, 1em));
    color: var(--secondary-text-color);
    margin-block-start: 4px;
  }
`;
