import { type Conformity, type EdufedClient, isAbortError, isNotFoundError } from '@edufed/sdk'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { fill, type PageLanguage } from '../messages.js'
import { consoleMessages } from './console-messages.js'
import { consoleStyles } from './console-styles.js'

/** How well a source keeps to its protocol, with what its owner can set right; loaded when it is opened. */
export class ConformityReport extends LitElement {
  static override styles = consoleStyles
  static override properties = {
    client: { attribute: false },
    language: {},
    sourceId: {},
    report: { state: true },
    note: { state: true },
  }

  declare client: EdufedClient
  declare language: PageLanguage
  declare sourceId: string
  declare report: Conformity | undefined
  declare note: string | undefined

  async #load(event: Event): Promise<void> {
    if (!(event.target as HTMLDetailsElement).open) return
    const messages = consoleMessages[this.language]
    try {
      this.report = await this.client.sources.conformity(this.sourceId)
      this.note = undefined
    } catch (error) {
      if (isAbortError(error)) return
      const reason = error instanceof Error ? error.message : String(error)
      this.note = isNotFoundError(error) ? messages.notJudged : fill(messages.failed, { reason })
    }
  }

  protected override render(): TemplateResult {
    const messages = consoleMessages[this.language]
    return html`<details @toggle=${this.#load}>
      <summary>${messages.conformity}</summary>
      ${this.note ? html`<p class="muted">${this.note}</p>` : nothing} ${this.report ? this.#renderReport(this.report) : nothing}
    </details>`
  }

  #renderReport({ score, parts, history }: Conformity): TemplateResult {
    const messages = consoleMessages[this.language]
    return html`
      <p><strong>${score}/100</strong> <span class="muted">${history
        .slice(0, 10)
        .map((entry) => entry.score)
        .reverse()
        .join(' → ')}</span></p>
      <dl>${parts.map(({ part, points, of }) => html`<div><dt>${messages.conformityParts[part]}</dt><dd>${points}/${of}</dd></div>`)}</dl>
      <ul class="findings">
        ${parts.flatMap(({ findings }) =>
          findings.map(
            ({ code, count, message, samples }) => html`<li>
              <code>${code}</code> × ${count}: <bdi>${message}</bdi>
              ${samples.length > 0 ? html`<span class="muted"><bdi>${fill(messages.samples, { names: samples.slice(0, 3).join(', ') })}</bdi></span>` : nothing}
            </li>`,
          ),
        )}
      </ul>
      <p class="muted">${messages.badge}: <a href="/badges/${this.sourceId}.svg"><bdi dir="ltr">/badges/${this.sourceId}.svg</bdi></a></p>
    `
  }
}
