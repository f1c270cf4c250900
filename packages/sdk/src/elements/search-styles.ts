import { css } from 'lit'

/** Colours and sizes may be set from outside by the custom properties named `--edufed-…`. */
export const searchStyles = css`
  :host {
    --_accent: var(--edufed-accent, #0b5cad);
    --_text: var(--edufed-text, #1c2430);
    --_muted: var(--edufed-muted, #55606e);
    --_line: var(--edufed-line, #d3dae2);
    --_soft: var(--edufed-soft, #eef3f8);
    --_mark: var(--edufed-mark, #ffe9a8);
    --_radius: var(--edufed-radius, 8px);
    display: block;
    color: var(--_text);
    font: var(--edufed-font, 16px/1.6 system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'Noto Naskh Arabic', 'UKIJ Tuz Tom', 'Noto Serif Tibetan', sans-serif);
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  form {
    display: flex;
    gap: 8px;
    position: relative;
  }
  .box {
    flex: 1;
    min-width: 0;
    position: relative;
  }
  form input[type='search'] {
    width: 100%;
    min-height: 48px;
    padding-inline: 14px;
    border: 2px solid var(--_accent);
    border-radius: var(--_radius);
    background: #fff;
  }
  .submit {
    min-height: 48px;
    padding-inline: 20px;
    border: 0;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: #fff;
    cursor: pointer;
  }
  .suggestions {
    position: absolute;
    z-index: 2;
    inset-inline: 0;
    top: 100%;
    margin: 4px 0 0;
    padding: 4px;
    list-style: none;
    background: #fff;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: 0 6px 24px rgb(0 0 0 / 12%);
  }
  .suggestions li {
    padding: 6px 10px;
    border-radius: 6px;
    cursor: pointer;
  }
  .suggestions li[aria-selected='true'],
  .suggestions li:hover {
    background: var(--_soft);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin-block: 16px;
  }
  .bar [role='status'] {
    flex: 1;
    min-width: 10em;
  }
  .bar select {
    min-height: 36px;
    border: 1px solid var(--_line);
    border-radius: 6px;
    background: #fff;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 0 0 16px;
    padding: 0;
    list-style: none;
  }
  .chip,
  .plain {
    min-height: 32px;
    padding: 2px 12px;
    border: 1px solid var(--_line);
    border-radius: 16px;
    background: var(--_soft);
    cursor: pointer;
  }
  .left-out {
    align-items: center;
  }
  .recognised .chip {
    border-style: dashed;
    background: #fff;
  }
  .meant {
    margin: 0 0 16px;
  }
  .layout {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
  }
  @media (min-width: 760px) {
    .layout {
      grid-template-columns: 15em minmax(0, 1fr);
    }
  }
  .facets > summary {
    min-height: 44px;
    padding: 8px 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    cursor: pointer;
    font-weight: 600;
  }
  fieldset {
    margin: 12px 0 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  legend {
    padding: 0;
    font-weight: 600;
  }
  fieldset label {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    cursor: pointer;
  }
  fieldset label span:nth-of-type(1) {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  fieldset ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  fieldset ul ul {
    padding-inline-start: 1.25em;
  }
  .heading {
    display: block;
    padding-block-start: 4px;
    color: var(--_muted);
  }
  .find {
    width: 100%;
    min-height: 36px;
    margin-block: 4px;
    padding-inline: 8px;
    border: 1px solid #767f8a;
    border-radius: 6px;
    background: #fff;
  }
  .found {
    margin: 0;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .count {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .hits {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .hits > li {
    padding-block: 16px;
    border-block-end: 1px solid var(--_line);
  }
  .hits > li:first-child {
    padding-block-start: 0;
  }
  h2 {
    margin: 0 0 4px;
    font-size: 1.125em;
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  h2 a {
    color: var(--_accent);
    text-decoration: none;
  }
  h2 a:hover {
    text-decoration: underline;
  }
  p {
    margin: 4px 0;
    overflow-wrap: anywhere;
  }
  mark {
    background: var(--_mark);
    color: inherit;
    border-radius: 2px;
  }
  .badges {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 0.8125em;
  }
  .badges li {
    padding: 1px 8px;
    border-radius: 10px;
    background: var(--_soft);
    color: #37424f;
  }
  .translations ul {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .reasons {
    margin: 8px 0 0;
    padding-inline-start: 20px;
    font-size: 0.9em;
  }
  .badges .language {
    background: #e3f2e6;
    color: #1d5a2a;
  }
  .badges .platform {
    background: #e6ecfa;
    color: #223f7d;
  }
  .muted {
    color: var(--_muted);
  }
  .more {
    display: block;
    width: 100%;
    min-height: 48px;
    margin-block-start: 16px;
    border: 1px solid var(--_accent);
    border-radius: var(--_radius);
    background: #fff;
    color: var(--_accent);
    cursor: pointer;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [lang|='mn-Mong'],
  .vertical {
    font-family: 'Noto Sans Mongolian', 'Mongolian Baiti', sans-serif;
  }
  [lang='bo'] {
    line-height: 1.9;
  }
`
