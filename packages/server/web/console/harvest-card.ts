import type { Harvest } from '@edufed/sdk'
import { html, nothing, type TemplateResult } from 'lit'
import { fill } from '../messages.js'
import type { ConsoleMessages } from './console-messages.js'
import type { RoughTime } from './time-left.js'

export interface HarvestCardOptions {
  messages: ConsoleMessages
  language: string
  sourceName: string
  /** How long the run will still take, where that can be told. */
  timeLeft?: RoughTime | undefined
  onCancel: (harvest: Harvest) => void
}

/** One run: state, progress, counts that add up, and its issues with samples. */
export function renderHarvestCard(
  harvest: Harvest,
  { messages, language, sourceName, timeLeft, onCancel }: HarvestCardOptions,
): TemplateResult {
  const { counts, expectedRecords } = harvest
  const isOpen = harvest.state === 'queued' || harvest.state === 'running'
  return html`
    <h3><bdi>${sourceName}</bdi> <span class="state ${harvest.state}">${messages.states[harvest.state]}</span></h3>
    <p class="muted">${toModeText(harvest, messages)} · <time datetime=${harvest.startedAt ?? harvest.createdAt}>${formatTime(harvest.startedAt ?? harvest.createdAt, language)}</time></p>
    ${harvest.pausedUntil ? html`<p>${fill(messages.pausedUntil, { time: formatTime(harvest.pausedUntil, language) })}</p>` : nothing}
    ${
      isOpen && expectedRecords
        ? html`<label class="muted">${messages.progress} ${fill(messages.of, { done: counts.taken, total: expectedRecords })}
          <progress max=${expectedRecords} .value=${Math.min(counts.taken, expectedRecords)}></progress>
          ${timeLeft ? fill(messages.timeLeft[timeLeft.unit], { count: timeLeft.count }) : nothing}</label>`
        : nothing
    }
    ${renderCounts(harvest, messages)}
    ${harvest.error ? html`<p role="alert">${harvest.error.detail}</p>` : nothing}
    ${
      harvest.issues.length > 0
        ? html`<details>
          <summary>${messages.issues} (${harvest.issues.reduce((sum, issue) => sum + issue.count, 0)})</summary>
          <ul>${harvest.issues.map((issue) => html`<li><code>${issue.code}</code> × ${issue.count}: <bdi>${issue.message}</bdi> <span class="muted"><bdi>${fill(messages.samples, { names: issue.samples.slice(0, 3).join(', ') })}</bdi></span></li>`)}</ul>
        </details>`
        : nothing
    }
    <p><a href="#report=${harvest.sourceId}/${harvest.id}">${messages.report}<span hidden> ${sourceName}</span></a></p>
    ${isOpen ? html`<p><button type="button" @click=${() => onCancel(harvest)}>${messages.stop}<span hidden> ${sourceName}</span></button></p>` : nothing}
  `
}

/** The counts of a run; they add up. */
export function renderCounts({ counts }: Harvest, messages: ConsoleMessages): TemplateResult {
  const names = ['taken', 'created', 'updated', 'unchanged', 'deleted', 'quarantined'] as const
  const repeated = counts.repeated ? html`<p class="muted">${fill(messages.repeated, { count: counts.repeated })}</p>` : nothing
  return html`<dl>${names.map((name) => html`<div><dt>${messages[name]}</dt><dd>${counts[name]}</dd></div>`)}</dl>${repeated}`
}

/** What kind of run it is; a dry run says so. */
export function toModeText({ mode, isDryRun }: Harvest, messages: ConsoleMessages): string {
  return isDryRun ? `${messages.modes[mode]} (${messages.dryRun})` : messages.modes[mode]
}

export function formatTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at))
}
