import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'
import type { Suggestions } from '../contract.js'
import type { Messages } from './messages/messages.js'

const delayMs = 150

export interface SuggestionBoxOptions {
  /** Asks for completions of what is typed. */
  ask(typed: string, options: { signal: AbortSignal }): Promise<Suggestions>
  /** Told what is to be searched for. */
  onSubmit(text: string): void
}

/** A search box that completes what is typed: a combobox whose list is walked with the arrow keys. */
export class SuggestionBox implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: SuggestionBoxOptions
  #suggestions: Suggestions['suggestions'] = []
  #active = -1
  #asking: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, options: SuggestionBoxOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#stop()
  }

  /** Searches for a text as if it had been typed. */
  submit(text: string): void {
    this.#stop()
    this.#show([])
    this.#options.onSubmit(text.trim())
  }

  render(typed: string, messages: Messages): TemplateResult {
    const isOpen = this.#suggestions.length > 0
    return html`
      <form role="search" @submit=${this.#onSubmit}>
        <div class="box">
          <input
            type="search"
            name="q"
            dir="auto"
            autocomplete="off"
            role="combobox"
            aria-label=${messages.searchLabel}
            aria-autocomplete="list"
            aria-controls="suggestions"
            aria-expanded=${isOpen}
            aria-activedescendant=${this.#active >= 0 ? `suggestion-${this.#active}` : nothing}
            placeholder=${messages.placeholder}
            .value=${typed}
            @input=${this.#onInput}
            @keydown=${this.#onKeyDown}
            @blur=${() => this.#show([])}
          />
          <ul id="suggestions" class="suggestions" role="listbox" aria-label=${messages.suggestions} ?hidden=${!isOpen}>
            ${this.#suggestions.map(
              ({ text }, index) => html`
                <li
                  id="suggestion-${index}"
                  role="option"
                  aria-selected=${index === this.#active}
                  @mousedown=${(event: Event) => event.preventDefault()}
                  @click=${() => this.submit(text)}
                >
                  <bdi>${text}</bdi>
                </li>
              `,
            )}
          </ul>
        </div>
        <button class="submit" type="submit">${messages.search}</button>
      </form>
    `
  }

  readonly #onInput = (event: Event): void => {
    const typed = (event.target as HTMLInputElement).value.trim()
    this.#stop()
    if (typed === '') this.#show([])
    else this.#timer = setTimeout(() => void this.#ask(typed), delayMs)
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#show([])
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || this.#suggestions.length === 0) return
    event.preventDefault()
    const count = this.#suggestions.length + 1
    this.#active = ((this.#active + 1 + step + count) % count) - 1
    this.#host.requestUpdate()
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault()
    const input = (event.currentTarget as HTMLFormElement).querySelector('input')
    this.submit(this.#suggestions[this.#active]?.text ?? input?.value ?? '')
  }

  async #ask(typed: string): Promise<void> {
    const asking = new AbortController()
    this.#asking = asking
    try {
      const { suggestions } = await this.#options.ask(typed.slice(0, 200), { signal: asking.signal })
      if (this.#asking === asking) this.#show(suggestions)
    } catch {
      // Suggestions are a help: without them the search box still works, and the search itself tells what is wrong.
      this.#show([])
    }
  }

  #show(suggestions: Suggestions['suggestions']): void {
    this.#suggestions = suggestions
    this.#active = -1
    this.#host.requestUpdate()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#asking?.abort()
  }
}
