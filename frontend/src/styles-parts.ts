/** Looks of the parts of a walker, and what moves. */

import { css } from "lit";

export const parts = css`
  .facts {
    display: flex;
    gap: 8px 18px;
    flex-wrap: wrap;
  }
  .fact {
    display: flex;
    flex-direction: column;
    justify-content: center;
  }
  .fact b {
    font-weight: 500;
    font-size: var(--ha-font-size-l, 16px);
    font-variant-numeric: tabular-nums;
  }
  .fact span {
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
  }
  .fact b,
  .chip span,
  .between span,
  .count span,
  .headline {
    unicode-bidi: plaintext;
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
    font-size: var(--ha-font-size-s, 12px);
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
    min-block-size: 40px;
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
  .today-goal .gauge i {
    background: var(--backward);
  }
  .met .gauge i {
    background: var(--met);
  }
  .sitting {
    flex-wrap: wrap;
  }
  .sitting .grow {
    flex-basis: 7.5em;
  }
  .sitting .tools {
    margin-inline-start: auto;
    gap: 8px;
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
  .hint .action {
    margin-block-start: 8px;
    text-decoration: none;
    color: inherit;
  }
  .hint .icon {
    color: var(--secondary-text-color);
  }
  .starting {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 12px;
    border-radius: 12px;
    background: var(--soft);
  }
  .starting h3 {
    margin: 0;
    font-size: 1em;
    font-weight: 500;
    outline: none;
  }
  .notes {
    display: flex;
    flex-direction: column;
    gap: 8px;
    margin: 0;
    padding-inline-start: 20px;
    line-height: 1.4;
  }
  .notes li {
    list-style: disc;
  }
  .sizes {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .size {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 12px;
    min-block-size: 44px;
    padding: 8px 14px;
    border-radius: 12px;
    background: var(--button);
    text-align: start;
  }
  .size .quiet {
    color: inherit;
  }
  .size:hover {
    background: var(--button-hover);
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
  /* A row of a section is 56 pixels high, the borders of the card included. */
  .walker.compact {
    flex-direction: row;
    align-items: center;
    gap: 12px;
    padding: 0 10px;
    min-block-size: calc(56px - 2 * var(--ha-card-border-width, 1px));
  }
  .line,
  .plain.line {
    display: grid;
    grid-template: "mini name number" "mini below of" / auto 1fr auto;
    align-content: center;
    align-items: baseline;
    gap: 0 10px;
    flex: 1;
    min-inline-size: 0;
  }
  .line > * {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
  }
  .line .mini {
    grid-area: mini;
    align-self: center;
    overflow: visible;
  }
  .name {
    grid-area: name;
    font-weight: 500;
  }
  .number {
    grid-area: number;
    justify-self: end;
    font-size: var(--ha-font-size-l, 16px);
    line-height: 1.15;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .line .below {
    grid-area: below;
    white-space: normal;
    line-height: 1.2;
    font-size: var(--ha-font-size-s, 12px);
  }
  .line .of {
    grid-area: of;
    justify-self: end;
    max-inline-size: none;
  }
  .below .pulse {
    padding: 0 8px 0 2px;
  }
  @keyframes halo {
    from {
      box-shadow: 0 0 0 0 var(--backward);
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
  }
`;
