import { type KnownDocument, toKnownDocument } from './known-documents.js'

const maxChars = 250_000

/** Place of a document in the plan of a run, and the identifiers of its records. */
export type OddDocument = [index: number, ...identifiers: string[]]

/**
 * Remembers of the documents of a run those that gave something else than the one record that their list names, so that a run that is resumed knows
 * what its first part read. It stands in each checkpoint, so that it is bounded.
 */
export class OddDocuments {
  readonly #identifiers: Map<number, string[]>
  #chars = 0
  #isComplete: boolean

  /** @param kept - From a checkpoint; absent when it did not fit in. */
  constructor(kept: readonly OddDocument[] | undefined) {
    this.#isComplete = kept !== undefined
    this.#identifiers = new Map(kept?.map(([index, ...identifiers]) => [index, identifiers]))
    for (const odd of kept ?? []) this.#chars += JSON.stringify(odd).length
  }

  /** False when there were too many: then nobody knows what the first part of a resumed run read. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  note(index: number, expected: string, identifiers: readonly string[]): void {
    const [only, ...others] = identifiers
    if (!this.#isComplete || (only === expected && others.length === 0)) return
    this.#identifiers.set(index, [...identifiers])
    this.#chars += JSON.stringify([index, ...identifiers]).length
    if (this.#chars <= maxChars) return
    this.#isComplete = false
    this.#identifiers.clear()
  }

  /** What is known of a document that was read. */
  toKnown(index: number, expected: string, document: { url: string; lastmod?: string }): KnownDocument {
    return toKnownDocument(document, this.#identifiers.get(index) ?? [expected])
  }

  toCheckpoint(): { odd?: OddDocument[] } {
    return this.#isComplete ? { odd: [...this.#identifiers].map(([index, identifiers]) => [index, ...identifiers]) } : {}
  }
}

export function readOddDocuments(kept: unknown): OddDocument[] | undefined {
  if (!Array.isArray(kept)) return undefined
  const isOdd = (entry: unknown): entry is OddDocument =>
    Array.isArray(entry) && typeof entry[0] === 'number' && entry.slice(1).every((identifier) => typeof identifier === 'string')
  return kept.every(isOdd) ? kept : undefined
}
