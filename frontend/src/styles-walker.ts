/** Looks of a walker: frame, header, ring. */

import { css } from "lit";

export const walkers = css`
  .walkers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
    gap: 4px;
  }
  .one {
    min-inline-size: 0;
  }
  .walkers.many > * + * {
    border-inline-start: 1px solid var(--divider-color);
  }
  [stacked] .walkers.many > * + * {
    border-inline-start: none;
    border-block-start: 1px solid var(--divider-color);
  }
  .walker {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: 16px;
    min-inline-size: 0;
    box-sizing: border-box;
    font-size: var(--ha-font-size-m, 14px);
    line-height: 1.3;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 32px;
  }
  h2 {
    font-size: var(--ha-font-size-xl, 20px);
    font-weight: 500;
    flex: 0 1 auto;
    min-inline-size: 3em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h3 {
    font-weight: 500;
    color: var(--secondary-text-color);
    margin-block-end: 8px;
  }
  .live {
    flex: 1 1 auto;
    min-inline-size: 0;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    flex: none;
    min-block-size: 40px;
    box-sizing: border-box;
    margin-inline: -5px;
    padding: 0 11px 0 7px;
    /* What can be tapped is larger than what is seen. */
    border: 5px solid transparent;
    border-radius: 20px;
    background: var(--soft) padding-box;
    font-weight: 500;
  }
  .chip .icon {
    color: var(--due);
  }
  .pulse {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    padding: 5px 11px 5px 5px;
    border-radius: 16px;
    background: var(--walks);
    font-weight: 500;
    box-sizing: border-box;
    overflow: hidden;
    white-space: nowrap;
  }
  .pulse.forward {
    background: var(--soft);
  }
  .cadence {
    font-weight: 400;
    opacity: 0.85;
  }
  .arrows {
    display: inline-flex;
    flex: none;
  }
  .arrows .icon {
    margin-inline: -0.38em;
  }
  .pulse .arrows {
    padding-inline: 0.3em;
  }
  .backward.pulse .arrows,
  .arrows.backward {
    color: var(--backward);
  }
  :host([rtl]) .arrows {
    transform: scaleX(-1);
  }
  .main {
    display: flex;
    align-items: center;
    gap: 20px;
  }
  .side {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
    gap: 10px;
  }
  .headline {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: var(--ha-font-size-l, 16px);
    font-weight: 500;
  }
  .plain.ring,
  .ring {
    position: relative;
    flex: none;
    inline-size: 9.4em;
    block-size: 9.4em;
    border-radius: 50%;
  }
  .count {
    position: absolute;
    inset: 1em;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    text-align: center;
  }
  .count b {
    font-size: 2.4em;
    line-height: 1.1;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
  }
  .count b.small {
    font-size: 2em;
  }
  .count b.tiny {
    font-size: 1.4em;
  }
  .of {
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
    max-inline-size: 6.5em;
    line-height: 1.2;
  }
  .badge {
    position: absolute;
    inset-inline-end: 4px;
    inset-block-end: 4px;
    display: grid;
    place-items: center;
    inline-size: 26px;
    block-size: 26px;
    border-radius: 50%;
    background: var(--met);
    color: var(--card-background-color, #fff);
    border: 3px solid var(--ha-card-background, var(--card-background-color, #fff));
    box-sizing: content-box;
    font-size: 12px;
  }
  .halo {
    position: absolute;
    inset: 0;
    border-radius: 50%;
    box-shadow: 0 0 0 0 var(--backward);
    opacity: 0.6;
    animation: halo 0.9s ease-out;
  }
`;
