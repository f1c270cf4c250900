import type { Client, estypes } from '@elastic/elasticsearch'
import type { Viewer } from '../../catalog/viewer.js'
import { maxTranslations } from '../work.js'
import { toViewerFilter } from './search-request.js'

/** Asks for all forms of some works. */
export function toTranslationsRequest(works: readonly string[], viewer: Viewer): estypes.SearchRequest {
  return {
    query: { bool: { filter: [{ terms: { work: [...works] } }, ...toViewerFilter(viewer)] } },
    sort: [{ id: 'asc' }],
    size: Math.min(10_000, works.length * (maxTranslations + 1)),
    track_total_hits: false,
    _source: ['resource.id', 'resource.name', 'resource.inLanguage', 'resource.translationOfWork', 'resource.provenance'],
  }
}

const lookAgainMs = 5_000

/** Whether an index has any translations: most have none, and then their searches need not ask for them. Looked at every five seconds. */
export class TranslationsThere {
  readonly #client: Client
  readonly #index: string
  #lookedAt = Number.NEGATIVE_INFINITY
  #answer: Promise<boolean> = Promise.resolve(false)

  constructor(client: Client, index: string) {
    this.#client = client
    this.#index = index
  }

  isAny(): Promise<boolean> {
    if (performance.now() - this.#lookedAt >= lookAgainMs) {
      this.#lookedAt = performance.now()
      this.#answer = this.#look()
    }
    return this.#answer
  }

  async #look(): Promise<boolean> {
    try {
      const { count } = await this.#client.count({
        index: this.#index,
        query: { term: { isTranslation: true } },
        terminate_after: 1,
      })
      return count > 0
    } catch {
      // Asking for translations will tell what is wrong, if it still is.
      this.#lookedAt = Number.NEGATIVE_INFINITY
      return true
    }
  }
}
