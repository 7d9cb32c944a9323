/** Looks of the history. */

import { css } from "lit";

export const history = css`
  .history {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: 16px;
    font-size: var(--ha-font-size-m, 14px);
  }
  .tools,
  .moves,
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 8px;
  }
  .tabs {
    display: inline-flex;
    flex-wrap: wrap;
    padding: 3px;
    border-radius: 23px;
    background: var(--soft);
  }
  .tabs button {
    padding: 0 12px;
    min-block-size: 40px;
    border-radius: 20px;
    background: none;
  }
  .tabs button[aria-pressed="true"] {
    background: var(--ha-card-background, var(--card-background-color));
    font-weight: 500;
    box-shadow: 0 1px 2px rgb(0 0 0 / 20%);
  }
  .moves {
    gap: 2px;
    flex-wrap: nowrap;
    max-inline-size: 100%;
  }
  .when {
    min-inline-size: min(6em, 40%);
    text-align: center;
  }
  .round {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    background: none;
    flex: none;
    font-size: 18px;
  }
  .round:hover {
    background: var(--soft);
  }
  .round:disabled {
    opacity: 0.3;
    cursor: default;
    background: none;
  }
  :host([rtl]) .round .icon {
    transform: scaleX(-1);
  }
  h2 {
    font-size: var(--ha-font-size-l, 16px);
    font-weight: 500;
  }
  .plot {
    position: relative;
    margin-block-start: 12px;
    padding-block-start: 22px;
  }
  .top {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
    padding-block-end: 2px;
    border-block-end: 1px dashed var(--divider-color);
  }
  .plot ul {
    display: flex;
    align-items: flex-end;
    gap: 3px;
    block-size: clamp(120px, 18 * var(--percent, 1px), 240px);
    border-block-end: 1px solid var(--divider-color);
  }
  .plot ul.week,
  .plot ul.year {
    gap: 8px;
  }
  .plot li {
    flex: 1;
    block-size: 100%;
    min-inline-size: 0;
    position: relative;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    align-items: center;
  }
  .plot li.chosen {
    background: var(--soft);
  }
  .plot i {
    inline-size: 100%;
    max-inline-size: 40px;
    background: var(--backward);
  }
  .plot i.forward {
    background: var(--forward);
    border-start-start-radius: 4px;
    border-start-end-radius: 4px;
  }
  .plot i.met {
    background: var(--met);
  }
  .plot i.goal {
    position: absolute;
    block-size: 2px;
    margin-block-end: -1px;
    max-inline-size: none;
    background: var(--line);
  }
  .axis {
    display: flex;
    gap: 3px;
    margin-block-start: 6px;
    font-size: min(var(--ha-font-size-s, 12px), 4.2 * var(--percent, 1em));
    color: var(--secondary-text-color);
  }
  .axis.week,
  .axis.year {
    gap: 8px;
  }
  .axis span {
    flex: 1 1 0;
    inline-size: 0;
    white-space: nowrap;
  }
  .axis.week span,
  .axis.year span {
    text-align: center;
  }
  .empty {
    color: var(--secondary-text-color);
    margin-block: 12px;
    line-height: 1.4;
  }
`;
