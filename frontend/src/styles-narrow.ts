/** Looks of cards that are not as wide as they could be; place.ts says which those are. */

import { css } from "lit";

export const narrow = css`
  :where([medium]) {
    .cadence {
      display: none;
    }
  }
  :where([narrow]) {
    .main {
      gap: 14px;
    }
    .ring,
    .plain.ring {
      inline-size: 7.7em;
      block-size: 7.7em;
    }
    .count {
      inset: 0.7em;
    }
    .count b {
      font-size: 1.9em;
    }
    .count b.small {
      font-size: 1.6em;
    }
    .of {
      max-inline-size: 5.4em;
    }
    .head.walks .chip {
      display: none;
    }
    .walker {
      padding: 14px;
    }
    .compact .chip {
      display: none;
    }
    .main:not(.guided) {
      display: grid;
      grid-template-columns: auto 1fr;
    }
    .main:not(.guided) .side {
      display: contents;
    }
    .main .facts,
    .main .share {
      grid-column: 1 / -1;
    }
    .facts {
      justify-content: space-around;
      text-align: center;
    }
    .fact {
      align-items: center;
    }
  }
  /* Letters of twice the size in a narrow card: one below the other. */
  :where([tiny]) {
    .head,
    .main.guided {
      flex-wrap: wrap;
    }
    .main.guided .side {
      flex-basis: 100%;
    }
    .main:not(.guided) {
      grid-template-columns: 1fr;
      justify-items: center;
    }
    .main .facts,
    .main .share {
      justify-self: stretch;
    }
    .pulse,
    .headline,
    h2 {
      white-space: normal;
      overflow-wrap: anywhere;
    }
  }
  /* One below the other: of the last two, only what is told now. */
  :where([half], [tiny]) {
    .plain.line,
    .line {
      grid-template: "mini name number" "mini below below" / auto 1fr auto;
    }
    .line > * {
      white-space: normal;
      overflow-wrap: anywhere;
    }
    .line .of {
      grid-area: below;
      justify-self: start;
    }
    .told .of,
    .line:not(.told) .below {
      display: none;
    }
  }
  /* Half of a section: what can be read there, and no tower. */
  :where([half]) {
    .walker {
      gap: 10px;
      padding: 10px 12px;
    }
    .plain.ring,
    .ring {
      inline-size: 6.6em;
      block-size: 6.6em;
    }
    .count {
      inset: 0.5em;
    }
    .count b {
      font-size: 1.6em;
    }
    .count b.small,
    .count b.tiny {
      font-size: 1.2em;
    }
    .head {
      flex-wrap: wrap;
      gap: 0 8px;
    }
    h2 {
      font-size: var(--ha-font-size-l, 16px);
    }
    .pulse {
      white-space: normal;
    }
    .sitting .between .quiet,
    .sitting > .icon {
      display: none;
    }
    .hint {
      padding: 8px;
      font-size: var(--ha-font-size-s, 12px);
    }
    .column {
      block-size: 48px;
    }
    .hint .icon,
    .facts,
    .share,
    .why,
    .block,
    .last {
      display: none;
    }
  }
`;
