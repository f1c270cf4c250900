import {
  createClient,
  type EdufedClient,
  type Harvest,
  isAbortError,
  isAuthenticationError,
  isPermissionError,
  type Source,
} from '@edufed/sdk'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { fill, type PageLanguage } from '../messages.js'
import { consoleMessages } from './console-messages.js'
import { consoleStyles } from './console-styles.js'
import { formatTime, renderHarvestCard } from './harvest-card.js'
import { TimeLeft } from './time-left.js'

const storageKey = 'edufed-console-key'
const shownHarvests = 20
const tickMs = 5_000

/**
 * The operator's page: sources with their state, and harvests as they run.
 * The key stays in this tab (session storage); it may be handed over once behind `#key=` in the address.
 */
export class EdufedConsole extends LitElement {
  static override styles = consoleStyles
  static override properties = {
    lang: { reflect: true },
    key: { state: true },
    sources: { state: true },
    harvests: { state: true },
    failure: { state: true },
    isAdding: { state: true },
    report: { state: true },
  }

  declare key: string
  declare sources: Source[]
  declare harvests: Harvest[]
  declare failure: string | undefined
  declare isAdding: boolean
  declare report: { sourceId: string; harvestId: string } | undefined

  #client: EdufedClient | undefined
  #following: AbortController | undefined
  readonly #timeLeft = new TimeLeft()
  #ticking: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.key = ''
    this.sources = []
    this.harvests = []
    this.isAdding = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const handedOver = new URLSearchParams(location.hash.slice(1)).get('key')
    if (handedOver) history.replaceState(null, '', location.pathname + location.search)
    addEventListener('hashchange', this.#onHash)
    // A run that stands still tells nothing: its estimate is looked at all the same.
    this.#ticking = setInterval(() => this.harvests.some(({ state }) => state === 'running') && this.requestUpdate(), tickMs)
    this.#onHash()
    this.#enter(handedOver ?? sessionStorage.getItem(storageKey) ?? '')
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('hashchange', this.#onHash)
    clearInterval(this.#ticking)
    this.#following?.abort()
  }

  /** `#report=<source>/<harvest>` opens the report of a run, so that it has an address. */
  readonly #onHash = () => {
    const [sourceId, harvestId] = new URLSearchParams(location.hash.slice(1)).get('report')?.split('/') ?? []
    this.report = sourceId && harvestId ? { sourceId, harvestId } : undefined
  }

  get #language(): PageLanguage {
    return this.lang === 'en' || this.lang === 'ug' ? this.lang : 'zh-CN'
  }

  #enter(key: string): void {
    this.#following?.abort()
    this.key = key
    this.failure = undefined
    this.sources = []
    this.harvests = []
    if (key === '') return
    sessionStorage.setItem(storageKey, key)
    const following = new AbortController()
    this.#following = following
    try {
      this.#client = createClient({ baseUrl: location.origin, apiKey: key, language: this.#language })
      void this.#loadSources(following.signal)
      void this.#followHarvests(this.#client, following.signal)
    } catch (error) {
      this.#fail(error)
    }
  }

  #leave(): void {
    sessionStorage.removeItem(storageKey)
    this.#enter('')
  }

  #fail(error: unknown): void {
    if (isAbortError(error)) return
    if (isAuthenticationError(error) || isPermissionError(error)) this.#leave()
    this.failure = error instanceof Error ? error.message : String(error)
  }

  async #loadSources(signal?: AbortSignal): Promise<void> {
    if (!this.#client) return
    try {
      const sources: Source[] = []
      for await (const source of this.#client.sources.listAll({ limit: 100 }, signal ? { signal } : {})) sources.push(source)
      this.sources = sources
    } catch (error) {
      this.#fail(error)
    }
  }

  async #followHarvests(client: EdufedClient, signal: AbortSignal): Promise<void> {
    try {
      for await (const harvest of client.harvests.followAll({ signal })) {
        this.#timeLeft.note(harvest, performance.now())
        const wasOpen = this.harvests.find(({ id }) => id === harvest.id)?.finishedAt === undefined
        const others = this.harvests.filter(({ id }) => id !== harvest.id)
        this.harvests = [...others, harvest].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, shownHarvests)
        if (harvest.finishedAt && wasOpen) await this.#loadSources(signal)
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  async #act(work: (client: EdufedClient) => Promise<unknown>): Promise<void> {
    if (!this.#client) return
    this.failure = undefined
    try {
      await work(this.#client)
    } catch (error) {
      this.#fail(error)
    }
  }

  protected override render(): TemplateResult {
    const messages = consoleMessages[this.#language]
    return html`
      ${this.failure ? html`<p role="alert">${fill(messages.failed, { reason: this.failure })}</p>` : nothing}
      ${
        this.key === ''
          ? this.#renderEntry()
          : html`${this.report ? this.#renderReport(this.report) : html`${this.#renderSources()} ${this.#renderHarvests()} ${this.#renderIndex()}`}
        <p><button type="button" @click=${this.#leave}>${messages.signOut}</button></p>`
      }
    `
  }

  #renderEntry(): TemplateResult {
    const messages = consoleMessages[this.#language]
    const submit = (event: Event) => {
      event.preventDefault()
      this.#enter(this.renderRoot.querySelector('input')?.value.trim() ?? '')
    }
    return html`
      <form @submit=${submit}>
        <label>${messages.keyLabel}<input type="password" autocomplete="off" required dir="ltr" aria-describedby="key-help" /></label>
        <span id="key-help" class="muted">${messages.keyHelp}</span>
        <div><button class="main" type="submit">${messages.signIn}</button></div>
      </form>
    `
  }

  #renderReport({ sourceId, harvestId }: { sourceId: string; harvestId: string }): TemplateResult {
    const name = this.sources.find((source) => source.id === sourceId)?.name ?? sourceId
    return html`<edufed-harvest-report
      .client=${this.#client}
      language=${this.#language}
      .sourceId=${sourceId}
      .harvestId=${harvestId}
      .sourceName=${name}
    ></edufed-harvest-report>`
  }

  #renderSources(): TemplateResult {
    const messages = consoleMessages[this.#language]
    return html`
      <h2>${messages.sources}</h2>
      ${this.sources.length === 0 ? html`<p class="muted">${messages.noSources}</p>` : nothing}
      <ul class="cards">
        ${this.sources.map((source) => html`<li class="card">${this.#renderSource(source)}</li>`)}
      </ul>
      ${
        this.isAdding
          ? html`<edufed-source-form
            .client=${this.#client}
            language=${this.#language}
            @closed=${() => {
              this.isAdding = false
            }}
            @saved=${() => {
              this.isAdding = false
              void this.#loadSources()
            }}
          ></edufed-source-form>`
          : html`<p>
            <button
              type="button"
              @click=${() => {
                this.isAdding = true
              }}
            >
              ${messages.addSource}
            </button>
          </p>`
      }
    `
  }

  #renderSource(source: Source): TemplateResult {
    const messages = consoleMessages[this.#language]
    const last = this.harvests.find((harvest) => harvest.sourceId === source.id)
    const isOpen = last?.state === 'queued' || last?.state === 'running'
    const start = (mode: 'incremental' | 'full') => void this.#act((client) => client.harvests.start(source.id, { mode }))
    return html`
      <h3><bdi>${source.name}</bdi></h3>
      <p class="muted">${source.kind} · ${messages.levels[source.level]} · ${messages.records}: ${source.recordCount}</p>
      <p class="muted">
        ${messages.lastHarvest}: ${last ? html`<span class="state ${last.state}">${messages.states[last.state]}</span> ${formatTime(last.finishedAt ?? last.createdAt, this.#language)}` : messages.never}
        ${source.nextHarvestAt ? html`<br />${messages.nextHarvest}: ${formatTime(source.nextHarvestAt, this.#language)}` : nothing}
      </p>
      ${
        source.kind === 'push'
          ? nothing
          : html`<div class="row">
            <button type="button" ?disabled=${isOpen} @click=${() => start('incremental')}>${messages.harvestNow}</button>
            <button type="button" ?disabled=${isOpen} @click=${() => start('full')}>${messages.fullHarvest}</button>
          </div>
          <edufed-conformity-report .client=${this.#client} language=${this.#language} .sourceId=${source.id}></edufed-conformity-report>`
      }
    `
  }

  #renderIndex(): TemplateResult {
    return html`<edufed-index-panel .apiKey=${this.key} language=${this.#language}></edufed-index-panel>`
  }

  #renderHarvests(): TemplateResult {
    const messages = consoleMessages[this.#language]
    const nameOf = (id: string) => this.sources.find((source) => source.id === id)?.name ?? id
    const cancel = (harvest: Harvest) => void this.#act((client) => client.harvests.cancel(harvest.sourceId, harvest.id))
    return html`
      <h2>${messages.harvests}</h2>
      ${this.harvests.length === 0 ? html`<p class="muted">${messages.noHarvests}</p>` : nothing}
      <ul class="cards" aria-live="polite">
        ${this.harvests.map(
          (harvest) =>
            html`<li class="card">${renderHarvestCard(harvest, { messages, language: this.#language, sourceName: nameOf(harvest.sourceId), timeLeft: this.#timeLeft.of(harvest, performance.now()), onCancel: cancel })}</li>`,
        )}
      </ul>
    `
  }
}
