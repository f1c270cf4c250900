import type { HarvestItem } from '../connectors/connector.js'
import { tellFields } from '../connectors/told-fields.js'

/** Fields that a teacher searches or chooses by: they are told also when no record has them. */
const expectedFields = [
  'name',
  'description',
  'inLanguage',
  'about',
  'educationalLevel',
  'textbookEdition',
  'volume',
  'learningResourceType',
  'keywords',
  'creator',
  'publisher',
  'datePublished',
  'license',
  'url',
  'encoding',
  'thumbnailUrl',
]

/** How many records have each field; `records` counts them all. */
export type Coverage = Record<string, number>

/** Counts which fields the records of a run have. Deleted records have none and do not count. */
export class CoverageCounter {
  readonly #before: Coverage
  /** Records by the fields that they have: there are few such combinations, however many records there are. */
  readonly #combinations = new Map<string, number>()

  /** @param coverage - What was counted before a run broke off. */
  constructor(coverage: Coverage = {}) {
    this.#before = coverage
  }

  add(item: HarvestItem): void {
    if (item.type === 'deleted') return
    const fields = 'toldFields' in item && typeof item.toldFields === 'string' ? item.toldFields : tellFields(item.resource)
    this.#combinations.set(fields, (this.#combinations.get(fields) ?? 0) + 1)
  }

  toCoverage(): Coverage {
    const counts = new Map([
      ['records', 0],
      ...expectedFields.map((field): [string, number] => [field, 0]),
      ...Object.entries(this.#before),
    ])
    for (const [fields, count] of this.#combinations) {
      for (const field of ['records', ...fields.split(' ').filter(Boolean)]) counts.set(field, (counts.get(field) ?? 0) + count)
    }
    return Object.fromEntries(counts)
  }
}
