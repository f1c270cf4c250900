import type { LearningResource } from '@edufed/sdk/schemas'
import type { Client, estypes } from '@elastic/elasticsearch'
import type { Viewer } from '../../catalog/viewer.js'
import { maxTranslations, type Translation, toTranslation, type WorkForm, workOf } from '../work.js'
import { toViewerFilter } from './search-request.js'
import { toWorkKey } from './to-index-document.js'

const lookAgainMs = 5_000

type Form = WorkForm & Pick<LearningResource, 'name' | 'inLanguage'>

/** Finds the other forms of works. */
export class Translations {
  readonly #client: Client
  readonly #index: string
  #lookedAt = Number.NEGATIVE_INFINITY
  #isAny: Promise<boolean> = Promise.resolve(false)

  constructor(client: Client, index: string) {
    this.#client = client
    this.#index = index
  }

  /** For each resource the other forms of its work that the viewer may see, found or not. */
  async of(resources: readonly WorkForm[], viewer: Viewer): Promise<Translation[][]> {
    if (resources.length === 0 || !(await this.#areThere())) return resources.map(() => [])
    const works = resources.map(keyOf)
    const answer = await this.#client.search<{ resource: Form }>({ index: this.#index, ...toRequest(works, viewer) })
    const forms = new Map<string, Form[]>()
    for (const { _source } of answer.hits.hits) {
      const work = keyOf(_source!.resource)
      forms.set(work, [...(forms.get(work) ?? []), _source!.resource])
    }
    return resources.map(({ id }, at) => {
      const others = (forms.get(works[at]!) ?? []).filter((form) => form.id !== id)
      return others.slice(0, maxTranslations).map(toTranslation)
    })
  }

  /** Most indices have no translations, and then their searches need not ask for them. Looked at every five seconds. */
  #areThere(): Promise<boolean> {
    if (performance.now() - this.#lookedAt >= lookAgainMs) {
      this.#lookedAt = performance.now()
      this.#isAny = this.#look()
    }
    return this.#isAny
  }

  async #look(): Promise<boolean> {
    try {
      const { count } = await this.#client.count({ index: this.#index, query: { term: { isTranslation: true } }, terminate_after: 1 })
      return count > 0
    } catch {
      // Asking for translations will tell what is wrong, if it still is.
      this.#lookedAt = Number.NEGATIVE_INFINITY
      return true
    }
  }
}

function keyOf(resource: WorkForm): string {
  return toWorkKey(workOf(resource))
}

function toRequest(works: readonly string[], viewer: Viewer): estypes.SearchRequest {
  return {
    query: { bool: { filter: [{ terms: { work: [...works] } }, ...toViewerFilter(viewer)] } },
    sort: [{ id: 'asc' }],
    size: Math.min(10_000, works.length * (maxTranslations + 1)),
    track_total_hits: false,
    _source: ['id', 'name', 'inLanguage', 'translationOfWork', 'provenance'].map((field) => `resource.${field}`),
  }
}
