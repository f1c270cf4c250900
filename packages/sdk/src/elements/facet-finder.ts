import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { FacetValues } from '../contract.js'
import type { FacetName } from './facet-names.js'

const delayMs = 150

/** What was typed to find a value of a facet; `values` when the node has answered. */
export interface FoundValues extends Partial<FacetValues> {
  typed: string
}

type Ask = (name: FacetName, find: string, options: { signal: AbortSignal }) => Promise<FacetValues>

/** Finds values of facets while somebody types, and again when the search around them changes. */
export class FacetFinder implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #ask: Ask
  readonly #running = new Map<FacetName, { timer: ReturnType<typeof setTimeout>; asking: AbortController }>()
  found: Partial<Record<FacetName, FoundValues>> = {}

  constructor(host: ReactiveControllerHost, ask: Ask) {
    this.#host = host
    this.#ask = ask
    host.addController(this)
  }

  hostDisconnected(): void {
    for (const name of [...this.#running.keys()]) this.#stop(name)
  }

  find(name: FacetName, typed: string): void {
    this.#stop(name)
    if (typed.trim() === '') this.#put(name, undefined)
    else {
      this.#put(name, { ...this.found[name], typed })
      this.#start(name, typed, delayMs)
    }
  }

  refresh(): void {
    for (const [name, { typed }] of Object.entries(this.found) as [FacetName, FoundValues][]) {
      this.#stop(name)
      this.#start(name, typed, 0)
    }
  }

  #start(name: FacetName, typed: string, waitMs: number): void {
    const asking = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const values = await this.#ask(name, typed.slice(0, 200), { signal: asking.signal })
        if (!asking.signal.aborted) this.#put(name, { typed, ...values })
      } catch {
        // The values of the search itself stay, and the search tells what is wrong.
        if (!asking.signal.aborted) this.#put(name, { typed })
      }
    }, waitMs)
    this.#running.set(name, { timer, asking })
  }

  #stop(name: FacetName): void {
    const running = this.#running.get(name)
    clearTimeout(running?.timer)
    running?.asking.abort()
    this.#running.delete(name)
  }

  #put(name: FacetName, found: FoundValues | undefined): void {
    const { [name]: _, ...others } = this.found
    this.found = found ? { ...others, [name]: found } : others
    this.#host.requestUpdate()
  }
}
