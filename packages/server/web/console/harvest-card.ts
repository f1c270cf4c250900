import type { Harvest } from '@edufed/sdk'
import { html, nothing, type TemplateResult } from 'lit'
import { type ConsoleMessages, fill } from './console-messages.js'

export interface HarvestCardOptions {
  messages: ConsoleMessages
  language: string
  sourceName: string
  onCancel: (harvest: Harvest) => void
}

/** One run: state, progress, counts that add up, and its issues with samples. */
export function renderHarvestCard(harvest: Harvest, { messages, language, sourceName, onCancel }: HarvestCardOptions): TemplateResult {
  const { counts, expectedRecords } = harvest
  const isOpen = harvest.state === 'queued' || harvest.state === 'running'
  const rows = (['taken', 'created', 'updated', 'unchanged', 'deleted', 'quarantined'] as const).map((name) => ({
    name,
    label: messages[name],
    count: counts[name],
  }))
  return html`
    <h3><bdi>${sourceName}</bdi> <span class="state ${harvest.state}">${messages.states[harvest.state]}</span></h3>
    <p class="muted"><time datetime=${harvest.startedAt ?? harvest.createdAt}>${formatTime(harvest.startedAt ?? harvest.createdAt, language)}</time></p>
    ${
      isOpen && expectedRecords
        ? html`<label class="muted">${messages.progress} ${fill(messages.of, { done: counts.taken, total: expectedRecords })}
          <progress max=${expectedRecords} .value=${Math.min(counts.taken, expectedRecords)}></progress></label>`
        : nothing
    }
    <dl>${rows.map(({ label, count }) => html`<div><dt>${label}</dt><dd>${count}</dd></div>`)}</dl>
    ${harvest.error ? html`<p role="alert">${harvest.error.detail}</p>` : nothing}
    ${
      harvest.issues.length > 0
        ? html`<details>
          <summary>${messages.issues} (${harvest.issues.reduce((sum, issue) => sum + issue.count, 0)})</summary>
          <ul>${harvest.issues.map((issue) => html`<li><code>${issue.code}</code> × ${issue.count}: <bdi>${issue.message}</bdi> <span class="muted"><bdi>${fill(messages.samples, { names: issue.samples.slice(0, 3).join(', ') })}</bdi></span></li>`)}</ul>
        </details>`
        : nothing
    }
    ${isOpen ? html`<p><button type="button" @click=${() => onCancel(harvest)}>${messages.stop}<span hidden> ${sourceName}</span></button></p>` : nothing}
  `
}

export function formatTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at))
}
