import { type EdufedClient, type Harvest, isAbortError, type QuarantineList, textInLanguage } from '@edufed/sdk'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { fill, type PageLanguage } from '../messages.js'
import { consoleMessages } from './console-messages.js'
import { consoleStyles } from './console-styles.js'
import { formatTime, renderCounts, toModeText } from './harvest-card.js'

const shownRecords = 50

/** Everything that is known of one run: counts, which fields its records have, what was wrong with them, and what was held back. */
export class HarvestReport extends LitElement {
  static override styles = consoleStyles
  static override properties = {
    client: { attribute: false },
    language: {},
    sourceId: {},
    harvestId: {},
    sourceName: {},
    harvest: { state: true },
    held: { state: true },
    failure: { state: true },
  }

  declare client: EdufedClient
  declare language: PageLanguage
  declare sourceId: string
  declare harvestId: string
  declare sourceName: string
  declare harvest: Harvest | undefined
  declare held: QuarantineList['records']
  declare failure: string | undefined

  #following: AbortController | undefined

  constructor() {
    super()
    this.held = []
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#following?.abort()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('harvestId') && !changed.has('sourceId') && !changed.has('client')) return
    this.#following?.abort()
    this.#following = new AbortController()
    this.harvest = undefined
    this.held = []
    this.failure = undefined
    void this.#follow(this.#following.signal)
  }

  async #follow(signal: AbortSignal): Promise<void> {
    try {
      for await (const harvest of this.client.harvests.follow(this.sourceId, this.harvestId, { signal })) this.harvest = harvest
      const { records } = await this.client.sources.listQuarantined(this.sourceId, { limit: shownRecords }, { signal })
      this.held = records
    } catch (error) {
      if (!isAbortError(error)) this.failure = error instanceof Error ? error.message : String(error)
    }
  }

  protected override render(): TemplateResult {
    const messages = consoleMessages[this.language]
    const { harvest } = this
    return html`
      <p><a href="#">${messages.back}</a></p>
      ${this.failure ? html`<p role="alert">${fill(messages.failed, { reason: this.failure })}</p>` : nothing}
      ${harvest ? this.#renderHarvest(harvest) : nothing}
    `
  }

  #renderHarvest(harvest: Harvest): TemplateResult {
    const messages = consoleMessages[this.language]
    const at = harvest.startedAt ?? harvest.createdAt
    return html`
      <h2><bdi>${this.sourceName}</bdi> <span class="state ${harvest.state}">${messages.states[harvest.state]}</span></h2>
      <p class="muted">
        ${toModeText(harvest, messages)} · <time datetime=${at}>${formatTime(at, this.language)}</time>
        ${harvest.finishedAt ? html`– <time datetime=${harvest.finishedAt}>${formatTime(harvest.finishedAt, this.language)}</time>` : nothing}
      </p>
      ${renderCounts(harvest, messages)}
      ${harvest.error ? html`<p role="alert">${harvest.error.detail}</p>` : nothing}
      ${this.#renderCoverage(harvest.coverage ?? {})} ${this.#renderIssues(harvest.issues)} ${this.#renderHeld()}
    `
  }

  #renderCoverage({ records = 0, ...fields }: NonNullable<Harvest['coverage']>): TemplateResult {
    const messages = consoleMessages[this.language]
    if (records === 0) return html``
    const rows = Object.entries(fields).sort(([, a], [, b]) => b - a)
    return html`
      <h3>${messages.coverage}</h3>
      <p class="muted">${fill(messages.coverageHelp, { records })}</p>
      <ul class="bars">
        ${rows.map(([field, count]) => {
          const label = messages.fields[field] ?? field
          return html`<li>
            <span>${label}</span>
            <meter min="0" max=${records} .value=${count} aria-label=${label}></meter>
            <span class="number">${toPercent(count, records)} (${count})</span>
          </li>`
        })}
      </ul>
    `
  }

  #renderIssues(issues: Harvest['issues']): TemplateResult {
    const messages = consoleMessages[this.language]
    return html`
      <h3>${messages.issues}</h3>
      ${issues.length === 0 ? html`<p class="muted">${messages.noIssues}</p>` : nothing}
      <ul class="findings">
        ${issues.map(
          ({ code, severity, count, message, samples, values = [] }) => html`<li>
            <span class="state ${severity === 'error' ? 'failed' : ''}">${messages.severities[severity]}</span> <code>${code}</code> × ${count}<br />
            <bdi>${message}</bdi>
            ${values.length > 0 ? html`<br />${values.map(({ value, count: times }) => html`<span class="value"><bdi>${value}</bdi> × ${times}</span> `)}` : nothing}
            ${samples.length > 0 ? html`<br /><span class="muted"><bdi>${fill(messages.samples, { names: samples.join(', ') })}</bdi></span>` : nothing}
          </li>`,
        )}
      </ul>
    `
  }

  #renderHeld(): TemplateResult {
    const messages = consoleMessages[this.language]
    if (this.held.length === 0) return html``
    return html`
      <h3>${messages.heldRecords}</h3>
      <ul class="findings">
        ${this.held.map(({ identifier, resource, issues }) => {
          const name = resource && textInLanguage(resource.name, this.language)
          return html`<li>
            <code><bdi>${identifier}</bdi></code> ${name ? html`<bdi lang=${name.language}>${name.text}</bdi>` : nothing}
            <ul>
              ${issues.filter(({ severity }) => severity === 'error').map(({ message }) => html`<li><bdi>${message}</bdi></li>`)}
            </ul>
          </li>`
        })}
      </ul>
    `
  }
}

/** Never 0 % for some, never 100 % for not quite all. */
function toPercent(count: number, records: number): string {
  const percent = Math.round((100 * count) / records)
  return `${count === 0 ? 0 : count >= records ? 100 : Math.min(99, Math.max(1, percent))} %`
}
