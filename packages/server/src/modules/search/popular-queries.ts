import type { SearchLogger } from '../../search/search-logger.js'
import { type CompletionKey, completionKeyOf, createCompletion } from '../../search/suggest/completion-key.js'
import { primaryOf } from '../../search/understanding/query-language.js'
import type { PopularQueryStore } from './popular-query-store.js'

export interface PopularQueriesOptions {
  store: PopularQueryStore
  now: () => Date
  log: SearchLogger
  /**
   * Whether a query finds something now: to be given when several processes answer searches, for then a use may be told to another process
   * than the one that answered.
   */
  finds?: (text: string, lang: string) => Promise<boolean>
}

interface Known {
  /** Most used first. */
  queries: ReadonlyMap<string, CompletionKey>
  readAt: number
}

/** A query is suggested when it was of use so often: what one person looked for stays with that person. */
const leastUses = 3
const longestQuery = 60
/** A use is counted when it follows a search that found something by no more than this. */
const useWithinMs = 30 * 60_000
const maxRemembered = 5_000
const maxPending = 2_000
/** So many queries that another process may have answered are looked at each time that uses are written. */
const maxTold = 50
const maxLanguages = 50
const suggestedPerLanguage = 1_000
const maxRows = 20_000
const keepDays = 90
const writeEveryMs = 30_000
const readEveryMs = 60_000
const pruneEveryMs = 60 * 60_000

/**
 * Counts which queries were of use, per language of the reader, and completes what is typed from them. Nothing is kept but normalised
 * texts and counts; texts that look like an address or a number of a person are not kept at all. Counting never makes a search wait.
 */
export class PopularQueries {
  readonly #options: PopularQueriesOptions
  /** Searches that found something, oldest first; when. */
  readonly #found = new Map<string, number>()
  #pending = new Map<string, number>()
  /** Queries of use that this process did not answer. */
  #told = new Set<string>()
  readonly #known = new Map<string, Known>()
  readonly #reading = new Map<string, Promise<Known>>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #prunedAt = 0

  constructor(options: PopularQueriesOptions) {
    this.#options = options
  }

  /** Notes that a search found something. */
  noteFound(q: string, lang: string): void {
    const key = keyOf(q, lang)
    if (key === undefined) return
    this.#found.delete(key)
    this.#found.set(key, this.#now())
    if (this.#found.size > maxRemembered) this.#found.delete(this.#found.keys().next().value!)
  }

  /**
   * Counts a search whose hit was opened, once, when it was one that found something a while ago. One that another process may have
   * answered is counted when it finds something now, once each time that uses are written.
   */
  noteUse(q: string, lang: string): void {
    const key = keyOf(q, lang)
    const foundAt = key === undefined ? undefined : this.#found.get(key)
    if (key === undefined) return
    if (foundAt === undefined) this.#noteTold(key)
    else {
      this.#found.delete(key)
      if (this.#now() - foundAt <= useWithinMs) this.#count(key)
    }
  }

  #noteTold(key: string): void {
    if (!this.#options.finds || this.#told.size >= maxTold) return
    this.#told.add(key)
    this.#writeSoon()
  }

  #count(key: string, uses = 1): void {
    if (this.#pending.has(key) || this.#pending.size < maxPending) this.#pending.set(key, (this.#pending.get(key) ?? 0) + uses)
    this.#writeSoon()
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => void this.write(), writeEveryMs).unref()
  }

  /** Popular queries that begin with what was typed, or with Chinese that it is the pinyin of; most used first. */
  async beginningWith(typed: string, lang: string, limit: number): Promise<string[]> {
    const isTyped = createCompletion(typed)
    if (!isTyped) return []
    const { queries } = await this.#queriesOf(languageOf(lang))
    const found: string[] = []
    for (const [text, key] of queries) {
      if (found.length === limit) break
      if (isTyped(key)) found.push(text)
    }
    return found
  }

  /** Writes what was counted; what cannot be written now is kept for the next time. */
  async write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write())
    await this.#writing
  }

  /** Counts what others answered, as far as it finds something; while the index is away, nothing of it. */
  async #countTold(): Promise<void> {
    const told = this.#told
    this.#told = new Set()
    for (const key of told) {
      const { text, language } = partsOf(key)
      if (await this.#options.finds?.(text, language).catch(() => false)) this.#count(key)
    }
  }

  async #write(): Promise<void> {
    await this.#countTold()
    const counted = this.#pending
    if (counted.size === 0) return
    this.#pending = new Map()
    const { store, now, log } = this.#options
    try {
      const rows = [...counted].map(([key, uses]) => ({ ...partsOf(key), uses }))
      await store.add(rows, now().toISOString())
      for (const { language } of rows) this.#expire(language)
      await this.#prune()
    } catch (error) {
      for (const [key, uses] of counted) this.#count(key, uses)
      log.warn({ err: error }, 'Popular queries could not be written; they are kept in memory for now')
    }
  }

  async #prune(): Promise<void> {
    if (this.#now() - this.#prunedAt < pruneEveryMs) return
    this.#prunedAt = this.#now()
    await this.#options.store.prune({ usedSince: new Date(this.#now() - keepDays * 86_400_000).toISOString(), keep: maxRows })
  }

  /** What is known of a language: read at the first question, and again in the background when it is old. */
  async #queriesOf(language: string): Promise<Known> {
    const known = this.#known.get(language)
    if (known && this.#now() - known.readAt < readEveryMs) return known
    let reading = this.#reading.get(language)
    if (!reading) {
      reading = this.#read(language).finally(() => this.#reading.delete(language))
      this.#reading.set(language, reading)
    }
    return known ?? (await reading)
  }

  async #read(language: string): Promise<Known> {
    const readAt = this.#now()
    let rows: { text: string }[] = []
    try {
      rows = await this.#options.store.list(language, { leastUses, limit: suggestedPerLanguage })
    } catch (error) {
      this.#options.log.warn({ err: error }, 'Popular queries could not be read; suggestions go without them')
    }
    const before = this.#known.get(language)?.queries
    const known = { queries: new Map(rows.map(({ text }) => [text, before?.get(text) ?? completionKeyOf(text)])), readAt }
    if (this.#known.size >= maxLanguages) this.#known.clear()
    this.#known.set(language, known)
    return known
  }

  /** What is known is still answered, until it was read again. */
  #expire(language: string): void {
    const known = this.#known.get(language)
    if (known) this.#known.set(language, { ...known, readAt: 0 })
  }

  #now(): number {
    return this.#options.now().getTime()
  }
}

const separator = '\n'

/** Language and normalised text; undefined for what is not counted. */
function keyOf(q: string, lang: string): string | undefined {
  const text = q
    .normalize('NFKC')
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .trim()
    .toLowerCase()
  const isPersonal = /@|\d[\d\s-]{5,}/.test(text)
  if (isPersonal || [...text].length > longestQuery || !/[\p{L}\p{N}]/u.test(text)) return undefined
  return `${languageOf(lang)}${separator}${text}`
}

function partsOf(key: string): { language: string; text: string } {
  const at = key.indexOf(separator)
  return { language: key.slice(0, at), text: key.slice(at + 1) }
}

/** Readers of 简体 and 繁體, or of one language in two countries, share their queries. */
function languageOf(lang: string): string {
  return primaryOf(lang) || 'und'
}
