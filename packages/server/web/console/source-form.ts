import type { EdufedClient, SourceInput, SourcePreview } from '@edufed/sdk'
import { isValidationError, textInLanguage } from '@edufed/sdk'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { fill, type PageLanguage } from '../messages.js'
import { consoleMessages } from './console-messages.js'
import { consoleStyles } from './console-styles.js'
import { sourceKinds } from './source-kinds.js'

const levels: SourceInput['level'][] = ['national', 'provincial', 'prefecture', 'county', 'school', 'vendor', 'international']

/** Adds a source: what it is, a look at its first records, and only then the source itself. Fires `saved`. */
export class SourceForm extends LitElement {
  static override styles = consoleStyles
  static override properties = {
    client: { attribute: false },
    language: {},
    preview: { state: true },
    failure: { state: true },
    problems: { state: true },
    isBusy: { state: true },
  }

  declare client: EdufedClient
  declare language: PageLanguage
  declare preview: SourcePreview | undefined
  declare failure: string | undefined
  /** The settings that are wrong, one by one. */
  declare problems: readonly { path: string; message: string }[] | undefined
  declare isBusy: boolean

  #input(): SourceInput {
    const values = new FormData(this.renderRoot.querySelector('form') ?? undefined)
    const text = (name: string) => String(values.get(name) ?? '').trim()
    const cron = text('cron')
    return {
      name: text('name'),
      kind: text('kind'),
      level: text('level') as SourceInput['level'],
      settings: { ...(text('url') !== '' && { url: text('url') }), ...this.#parseSettings(text('settings')) },
      ...(cron !== '' && { schedule: { cron, timeZone: 'Asia/Shanghai' } }),
    }
  }

  #parseSettings(text: string): Record<string, unknown> {
    if (text === '') return {}
    const fail = (reason: string) => new Error(fill(consoleMessages[this.language].settingsInvalid, { reason }))
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      throw fail(error instanceof Error ? error.message : String(error))
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fail(text.slice(0, 40))
    return value as Record<string, unknown>
  }

  async #run(work: () => Promise<void>): Promise<void> {
    this.isBusy = true
    this.failure = undefined
    this.problems = undefined
    try {
      await work()
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error)
      this.problems = isValidationError(error) ? error.errors : undefined
    } finally {
      this.isBusy = false
    }
  }

  #preview(): void {
    void this.#run(async () => {
      this.preview = undefined
      const { kind, settings = {} } = this.#input()
      this.preview = await this.client.sources.preview({ kind, settings, limit: 10 })
    })
  }

  #save(event: Event): void {
    event.preventDefault()
    void this.#run(async () => {
      const source = await this.client.sources.create(this.#input())
      this.dispatchEvent(new CustomEvent('saved', { detail: source }))
    })
  }

  protected override render(): TemplateResult {
    const messages = consoleMessages[this.language]
    return html`
      <form @submit=${this.#save}>
        <label>${messages.name}<input name="name" required maxlength="200" dir="auto" /></label>
        <label>${messages.kind}<select name="kind">${sourceKinds.map((kind) => html`<option>${kind}</option>`)}</select></label>
        <label>${messages.address}<input name="url" type="url" dir="ltr" placeholder="https://" /></label>
        <label>${messages.level}<select name="level">${levels.map((level) => html`<option value=${level}>${messages.levels[level]}</option>`)}</select></label>
        <label>${messages.schedule}<input name="cron" dir="ltr" placeholder="30 3 * * *" /></label>
        <label>${messages.settings}<textarea name="settings" rows="5" dir="ltr" spellcheck="false" aria-describedby="settings-help"></textarea></label>
        <p class="muted" id="settings-help">${messages.settingsHelp}</p>
        <div class="row">
          <button type="button" ?disabled=${this.isBusy} @click=${this.#preview}>${messages.preview}</button>
          <button class="main" type="submit" ?disabled=${this.isBusy}>${messages.save}</button>
          <button type="button" @click=${() => this.dispatchEvent(new CustomEvent('closed'))}>${messages.cancel}</button>
        </div>
      </form>
      ${this.failure ? html`<p role="alert">${fill(messages.failed, { reason: this.failure })}</p>` : nothing}
      ${this.problems?.length ? html`<ul>${this.problems.map(({ path, message }) => html`<li><code dir="ltr">${path}</code> <bdi>${message}</bdi></li>`)}</ul>` : nothing}
      ${this.preview ? this.#renderPreview(this.preview) : nothing}
    `
  }

  #renderPreview({ name, authority, records }: SourcePreview): TemplateResult {
    return html`
      <h3>${fill(consoleMessages[this.language].previewTitle, { name: name ?? authority })}</h3>
      <ol>
        ${records.map(({ identifier, resource, issues }) => {
          const title = textInLanguage(resource?.name, this.language)
          return html`<li>
            <bdi lang=${title?.language ?? 'und'}>${title?.text ?? identifier}</bdi>
            ${issues.length > 0 ? html`<span class="muted">${issues.map((issue) => issue.code).join(', ')}</span>` : nothing}
          </li>`
        })}
      </ol>
    `
  }
}
