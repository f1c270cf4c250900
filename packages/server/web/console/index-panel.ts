import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { fill, type PageLanguage } from '../messages.js'
import { consoleStyles } from './console-styles.js'
import { formatTime } from './harvest-card.js'
import { type IndexMessages, indexMessages } from './index-messages.js'

const pollMs = 2_000

interface Comparison {
  outcome: keyof IndexMessages['outcomes']
  missing: number
  stale: number
  surplus: number
  altered: number
  healed: number
  left: number
  pending: number
}

/** What `/api/v1/index` answers, as far as it is shown. */
interface IndexState {
  engine: string
  isAvailable: boolean
  documents?: number
  detail?: string
  lag: number
  refused?: { count: number; examples: { id: string; reason: string }[] }
  verification: { state: string; error?: string; last?: Comparison; lastAt?: string }
}

/** How the search index stands, and its comparison with the catalogue; nothing for keys that may not see it. */
export class IndexPanel extends LitElement {
  static override styles = consoleStyles
  static override properties = { apiKey: {}, language: {}, index: { state: true }, failure: { state: true } }

  declare apiKey: string
  declare language: PageLanguage
  declare index: IndexState | undefined
  declare failure: string | undefined

  #timer: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  async #load(): Promise<void> {
    const state = await this.#ask<IndexState>('/api/v1/index')
    if (!state || !this.isConnected) return
    this.index = state
    clearTimeout(this.#timer)
    if (isOpen(state)) this.#timer = setTimeout(() => void this.#load(), pollMs)
  }

  async #compare(): Promise<void> {
    const verification = await this.#ask<IndexState['verification']>('/api/v1/index/verification', 'POST')
    if (!verification || !this.index) return
    this.index = { ...this.index, verification }
    await this.#load()
  }

  async #ask<T>(path: string, method = 'GET'): Promise<T | undefined> {
    try {
      const answer = await fetch(path, { method, headers: { authorization: `Bearer ${this.apiKey}` } })
      const body = (await answer.json()) as T & { detail?: string }
      // Keys without the right to administer are told nothing here.
      this.failure = answer.ok || answer.status === 401 || answer.status === 403 ? undefined : (body.detail ?? String(answer.status))
      return answer.ok ? body : undefined
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error)
      return undefined
    }
  }

  protected override render(): TemplateResult {
    const messages = indexMessages[this.language]
    return html`${this.failure ? html`<p role="alert">${fill(messages.away, { reason: this.failure })}</p>` : nothing}
    ${this.index ? this.#renderIndex(this.index, messages) : nothing}`
  }

  #renderIndex(index: IndexState, messages: IndexMessages): TemplateResult {
    const { engine, isAvailable, documents, detail, lag, verification } = index
    const { last, lastAt, error } = verification
    const numbers: [string, string | number | undefined][] = [
      [messages.engine, engine],
      [messages.documents, documents],
      [messages.lag, lag],
    ]
    return html`
      <h2>${messages.title}</h2>
      <div class="card">
        ${isAvailable ? nothing : html`<p role="alert">${fill(messages.away, { reason: detail ?? '' })}</p>`}
        ${renderNumbers(numbers)}
        <p class="muted">
          ${messages.compared}: ${lastAt ? formatTime(lastAt, this.language) : messages.never}
          ${last ? html`<span class="state ${last.outcome === 'different' ? 'failed' : 'completed'}">${messages.outcomes[last.outcome]}</span>` : nothing}
        </p>
        ${last ? renderNumbers((['missing', 'stale', 'surplus', 'altered', 'healed', 'left', 'pending'] as const).map((name) => [messages[name], last[name]])) : nothing}
        ${error ? html`<p role="alert"><bdi>${error}</bdi></p>` : nothing} ${renderRefused(index, messages)}
        <p aria-live="polite">
          <button type="button" ?disabled=${isOpen(index)} @click=${() => void this.#compare()}>
            ${isOpen(index) ? messages.comparing : messages.compare}
          </button>
        </p>
      </div>
    `
  }
}

function isOpen({ verification: { state } }: IndexState): boolean {
  return state === 'queued' || state === 'running'
}

function renderNumbers(numbers: [string, string | number | undefined][]): TemplateResult {
  return html`<dl>${numbers.map(([name, value]) => (value === undefined ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`))}</dl>`
}

function renderRefused({ refused }: IndexState, messages: IndexMessages): TemplateResult | typeof nothing {
  if (!refused) return nothing
  return html`<details>
    <summary>${fill(messages.refused, { count: refused.count })}</summary>
    <p class="muted">${messages.refusedHelp}</p>
    <ul class="findings">
      ${refused.examples.map(({ id, reason }) => html`<li><code dir="ltr">${id.length > 120 ? `${id.slice(0, 120)}…` : id}</code> <bdi>${reason}</bdi></li>`)}
    </ul>
  </details>`
}
