import { css } from 'lit'

export const consoleStyles = css`
  :host {
    display: block;
  }
  * {
    box-sizing: border-box;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    min-height: 40px;
    border-radius: 6px;
    border: 1px solid #aeb8c4;
    padding-inline: 12px;
    background: #fff;
    color: inherit;
    max-width: 100%;
  }
  button {
    cursor: pointer;
  }
  button.main {
    background: var(--edufed-accent, #0b5cad);
    border-color: var(--edufed-accent, #0b5cad);
    color: #fff;
  }
  :focus-visible {
    outline: 3px solid var(--edufed-accent, #0b5cad);
    outline-offset: 2px;
  }
  textarea {
    padding-block: 8px;
    font-family: ui-monospace, monospace;
    font-size: 0.875rem;
    resize: vertical;
  }
  form {
    display: grid;
    gap: 12px;
    max-width: 34rem;
  }
  form label {
    display: grid;
    gap: 4px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  h2 {
    margin: 28px 0 8px;
    font-size: 1.125rem;
  }
  .cards {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
    grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr));
  }
  .card {
    border: 1px solid #d3dae2;
    border-radius: 8px;
    padding: 12px 16px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  h3 {
    margin: 0 0 4px;
    font-size: 1rem;
  }
  .muted {
    color: #55606e;
    font-size: 0.875rem;
    margin: 4px 0;
  }
  .state {
    display: inline-block;
    padding: 0 10px;
    border-radius: 10px;
    background: #eef3f8;
    color: #37424f;
    font-size: 0.875rem;
  }
  .completed {
    background: #e3f2e6;
    color: #1d5a2a;
  }
  .running,
  .queued {
    background: #e6ecfa;
    color: #223f7d;
  }
  .failed,
  .partial {
    background: #fbe6e4;
    color: #8a1c12;
  }
  progress {
    width: 100%;
  }
  .scroll {
    overflow-x: auto;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(5.5em, 1fr));
    gap: 4px 12px;
    margin: 8px 0 0;
  }
  dt {
    color: #55606e;
    font-size: 0.8125rem;
  }
  dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
  .bars,
  .findings {
    list-style: none;
    padding: 0;
    display: grid;
    gap: 8px;
  }
  .bars li {
    display: grid;
    grid-template-columns: minmax(0, 10rem) minmax(4rem, 1fr) 8rem;
    gap: 8px;
    align-items: center;
  }
  .bars meter {
    width: 100%;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .findings li {
    overflow-wrap: anywhere;
  }
  .value {
    display: inline-block;
    padding: 0 8px;
    border: 1px solid #d3dae2;
    border-radius: 6px;
    font-size: 0.875rem;
  }
  a {
    color: var(--edufed-accent, #0b5cad);
  }
  details ul {
    padding-inline-start: 1.2em;
  }
  summary {
    min-height: 32px;
    cursor: pointer;
  }
`
