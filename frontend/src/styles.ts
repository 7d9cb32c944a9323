/** Looks of the card: nothing but the theme's variables decides colours and shapes. */

import { css } from "lit";

export const base = css`
  :host {
    display: block;
    --backward: var(--retrostep-backward-color, var(--primary-color));
    --forward: var(
      --retrostep-forward-color,
      color-mix(in srgb, var(--secondary-text-color) 55%, transparent)
    );
    --met: var(--retrostep-met-color, var(--success-color));
    --due: var(--retrostep-due-color, var(--warning-color));
    --soft: color-mix(in srgb, var(--primary-text-color) 9%, transparent);
    --line: color-mix(in srgb, var(--primary-text-color) 55%, transparent);
  }
  ha-card {
    block-size: 100%;
    box-sizing: border-box;
    overflow: auto;
    container-type: inline-size;
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
    min-block-size: 36px;
    padding: 0 14px;
    border-radius: 18px;
    font-weight: 500;
    background: color-mix(in srgb, var(--primary-color) 16%, transparent);
  }
  .action:hover {
    background: color-mix(in srgb, var(--primary-color) 26%, transparent);
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

export const walkers = css`
  .walkers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
    gap: 4px;
  }
  .walkers.many > * + * {
    border-inline-start: 1px solid var(--divider-color);
  }
  @container (max-width: 580px) {
    .walkers.many > * + * {
      border-inline-start: none;
      border-block-start: 1px solid var(--divider-color);
    }
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
  header {
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
    padding: 5px 11px 5px 7px;
    border-radius: 16px;
    background: var(--soft);
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
    background: color-mix(in srgb, var(--backward) 16%, transparent);
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
    inline-size: 132px;
    block-size: 132px;
    border-radius: 50%;
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
  .met .again {
    stroke: color-mix(in srgb, var(--met) 70%, var(--primary-text-color));
  }
  .count {
    position: absolute;
    inset: 14px;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    text-align: center;
  }
  .count b {
    font-size: 34px;
    line-height: 1.1;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
  }
  .count b.small {
    font-size: 28px;
  }
  .count b.tiny {
    font-size: 20px;
  }
  .of {
    font-size: 12px;
    color: var(--secondary-text-color);
    max-inline-size: 78px;
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
    animation: halo 0.9s ease-out;
  }
  .facts {
    display: flex;
    gap: 8px 18px;
    flex-wrap: wrap;
  }
  .fact {
    display: flex;
    flex-direction: column;
  }
  .fact b {
    font-weight: 500;
    font-size: var(--ha-font-size-l, 16px);
    font-variant-numeric: tabular-nums;
  }
  .fact span {
    font-size: 12px;
    color: var(--secondary-text-color);
  }
  .share {
    display: block;
    inline-size: 100%;
  }
  .split {
    display: flex;
    gap: 2px;
    block-size: 8px;
    border-radius: 4px;
    overflow: hidden;
  }
  .split i {
    flex-basis: 0;
    background: var(--forward);
  }
  .split i:first-child {
    background: var(--backward);
  }
  .legend {
    display: flex;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 0 8px;
    margin-block-start: 6px;
    font-size: 12px;
    color: var(--secondary-text-color);
  }
  .legend > span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--forward);
  }
  .dot.backward {
    background: var(--backward);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 36px;
  }
  .row > .icon {
    color: var(--secondary-text-color);
  }
  .row + .row {
    margin-block-start: -8px;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
    display: block;
  }
  .between {
    display: flex;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 0 10px;
  }
  .gauge {
    display: block;
    block-size: 6px;
    margin-block-start: 6px;
    border-radius: 3px;
    background: var(--soft);
    overflow: hidden;
  }
  .gauge i {
    display: block;
    block-size: 100%;
    border-radius: 3px;
    background: var(--line);
  }
  .sitting.due .gauge i {
    background: var(--due);
  }
  .sitting.due > .icon {
    color: var(--due);
  }
  .sitting.due .between > :first-child {
    font-weight: 500;
  }
  .hint {
    display: flex;
    gap: 10px;
    padding: 10px 12px;
    border-radius: 12px;
    background: var(--soft);
    line-height: 1.4;
  }
  .hint .icon {
    color: var(--secondary-text-color);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .waiting {
    font-weight: 500;
  }
  .metronome {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .metronome i {
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    background: var(--backward);
    animation: beat 0.6s infinite cubic-bezier(0.1, 0.7, 0.3, 1);
  }
  .compact {
    flex-direction: row;
    align-items: center;
    gap: 8px;
    padding: 6px 12px 6px 10px;
    min-block-size: 56px;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 10px;
    flex: 1;
    min-inline-size: 0;
  }
  .mini {
    position: relative;
    inline-size: 40px;
    block-size: 40px;
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
    font-size: 15px;
    color: var(--secondary-text-color);
  }
  .names {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
  }
  .names > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .names b {
    font-weight: 500;
  }
  .names .quiet {
    font-size: 12px;
  }
  .names .pulse {
    padding: 0 8px 0 2px;
  }
  .big {
    font-size: 22px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  @container (max-width: 480px) {
    .cadence {
      display: none;
    }
  }
  @container (max-width: 340px) {
    .main {
      gap: 14px;
    }
    .ring,
    .plain.ring {
      inline-size: 108px;
      block-size: 108px;
    }
    .count {
      inset: 10px;
    }
    .count b {
      font-size: 27px;
    }
    .count b.small {
      font-size: 23px;
    }
    .walker {
      padding: 14px;
    }
    .compact .chip {
      display: none;
    }
    .facts {
      gap: 8px 12px;
    }
  }
  @keyframes halo {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, var(--backward) 60%, transparent);
    }
    to {
      box-shadow: 0 0 0 12px transparent;
    }
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
  @keyframes beat {
    from {
      transform: scale(1.25);
      opacity: 1;
    }
    to {
      transform: scale(0.6);
      opacity: 0.35;
    }
  }
  .pulse .arrows .icon {
    animation: run 1.2s infinite;
  }
  .backward .arrows .icon:nth-child(1),
  .forward .arrows .icon:nth-child(3) {
    animation-delay: 0.4s;
  }
  .backward .arrows .icon:nth-child(2),
  .forward .arrows .icon:nth-child(2) {
    animation-delay: 0.2s;
  }
  @media (prefers-reduced-motion: reduce) {
    .pulse .arrows .icon,
    .metronome i,
    .halo {
      animation: none;
    }
    .arc {
      transition: none;
    }
  }
`;

export const bars = css`
  .week {
    display: flex;
    gap: 6px;
  }
  .week li {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    position: relative;
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
    inline-size: 100%;
    min-block-size: 3px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--backward) 50%, transparent);
  }
  .today .bar {
    background: var(--backward);
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
    block-size: 14px;
    margin-block-start: 5px;
    font-size: 11px;
    color: var(--secondary-text-color);
  }
  .met .mark {
    color: var(--met);
  }
  .week .label {
    font-size: 12px;
    color: var(--secondary-text-color);
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: clip;
    white-space: nowrap;
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
    font-size: 12px;
    color: var(--secondary-text-color);
    margin-block-start: 4px;
  }
`;
