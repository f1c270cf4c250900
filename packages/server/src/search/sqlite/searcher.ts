import type { Viewer } from '../../catalog/viewer.js'
import type { LibsqlConnection } from '../../database/sqlite/libsql-connection.js'
import type { QueryTerms } from '../analysis/index.js'
import { contentCheck } from '../content-check.js'
import { assertInTime } from '../deadline.js'
import { currentDictionary } from '../dictionary/dictionary.js'
import { highlight } from '../highlight.js'
import { tieOf } from '../ranking.js'
import type {
  IdRange,
  IndexContent,
  IndexEntry,
  PartialQuery,
  RangeDigest,
  ResolvedSearchQuery,
  SearchResult,
  SuggestRequest,
} from '../search-index.js'
import { understandQuery } from '../understanding/understand-query.js'
import { maxTranslations, type Translation, toTranslation } from '../work.js'
import { Columns, visibleToColumn } from './columns.js'
import { digestEntries, findRows, listEntries } from './entries-by-id.js'
import { countMatches, isRowVisible } from './facet-counter.js'
import { FirstRows, isBefore, type Place } from './first-rows.js'
import { type GroupRows, rowsOfGroup } from './group-rows.js'
import { openForReading, readMeta } from './index-file.js'
import { Matcher } from './matcher.js'
import { mostAnswered } from './most-answered.js'
import { createScorer } from './ranking.js'
import { RowSet } from './row-set.js'
import { suggestTitles } from './suggest-titles.js'
import { TitleWords } from './title-words.js'
import type { StoredBody } from './write-operation.js'

/** A page as the search thread finds it; `next` is the place behind its last hit when more hits follow. */
export interface FoundPage extends Omit<SearchResult, 'cursor'> {
  next?: Place
}

interface Matches {
  rows: RowSet
  groups: GroupRows[]
}

/** Answers searches from one search file. What was applied before a search is found by it. */
export class Searcher {
  readonly #connection: LibsqlConnection
  readonly #columns = new Columns()
  readonly #matcher: Matcher
  readonly #titleWords = new TitleWords()

  constructor(file: string) {
    this.#connection = openForReading(file)
    this.#matcher = new Matcher(this.#connection)
    this.#reading(() => undefined)
  }

  /** @throws {ServerError} `EDUFED_SEARCH_TIMEOUT` */
  search(query: ResolvedSearchQuery, after: Place | undefined, viewer: Viewer): FoundPage {
    assertInTime(query.deadline)
    this.#matcher.deadline = query.deadline
    return this.#reading(() => {
      const terms = query.terms ?? understandQuery(query).terms
      const matches = this.#matching(terms)
      const rows: number[] = []
      const { total, ...counts } = countMatches(matches.rows, this.#columns, query, viewer, (row) => rows.push(row))
      const first = new FirstRows(query.limit > 0 ? query.limit + 1 : 0, after)
      if (query.limit > 0 && total > 0) this.#sort(rows, matches, query, terms, first)
      const places = first.inOrder()
      const page = places.slice(0, query.limit)
      return {
        total,
        ...counts,
        hits: page.map((place) => this.#hit(place, terms, query, viewer)),
        ...(places.length > query.limit ? { next: page.at(-1)! } : {}),
      }
    })
  }

  /** @throws {ServerError} `EDUFED_SEARCH_TIMEOUT` */
  mostAnswered(query: PartialQuery, viewer: Viewer): number[] | undefined {
    assertInTime(query.deadline)
    this.#matcher.deadline = query.deadline
    return this.#reading(() => mostAnswered(query, viewer, { columns: this.#columns, matcher: this.#matcher }))
  }

  /** The forms of a work but the one with this id. */
  translationsOf(id: string, work: string, viewer: Viewer): Translation[] {
    return this.#reading(() => this.#formsOf(tieOf(work), tieOf(id), viewer))
  }

  suggest(query: SuggestRequest, viewer: Viewer): { text: string; language?: string }[] {
    return this.#reading(() =>
      suggestTitles(query, viewer, {
        columns: this.#columns,
        matcher: this.#matcher,
        nameOf: (row) => this.#read(row).resource.name,
      }),
    )
  }

  nearWords(word: string): string[] {
    return this.#reading(() =>
      this.#titleWords.near(word, this.#connection, (one) => {
        const rows = this.#matcher.rows('title_terms', { words: [one], column: 'title' }, this.#columns.end)
        return rows.count()
      }),
    )
  }

  documents(): number {
    return this.#reading(() => this.#columns.documents)
  }

  /** The file was made with another dictionary than the one that queries are read with. */
  isOutdated(): boolean {
    return this.#reading(() => readMeta(this.#connection, 'dictionary') !== currentDictionary().fingerprint)
  }

  digest(range: IdRange): RangeDigest {
    return this.#reading(() => digestEntries(this.#connection, range))
  }

  listEntries(range: IdRange, limit: number): IndexEntry[] {
    return this.#reading(() => listEntries(this.#connection, range, limit))
  }

  contents(ids: readonly string[]): IndexContent[] {
    return this.#reading(() =>
      findRows(this.#connection, ids).map(({ id, sequence, row }) => {
        const [visibleTo = ''] = this.#columns.values[visibleToColumn]![this.#columns.sets[visibleToColumn]![row]!]!
        return { id, sequence, content: contentCheck({ ...this.#read(row), visibleTo }) }
      }),
    )
  }

  close(): void {
    this.#connection.close()
  }

  /** One state of the file for the whole of a search. */
  #reading<T>(read: () => T): T {
    this.#connection.execute('begin')
    try {
      this.#columns.update(this.#connection)
      return read()
    } finally {
      this.#matcher.deadline = undefined
      this.#connection.rollback()
    }
  }

  #matching({ groups, exclude, isBlank }: QueryTerms): Matches {
    const { end } = this.#columns
    const found: GroupRows[] = []
    if (groups.length === 0 && !isBlank && exclude.length === 0) return { rows: new RowSet(0), groups: found }
    let rows: RowSet | undefined
    for (const group of groups) {
      const one = rowsOfGroup(group, this.#matcher, this.#columns)
      found.push(one)
      rows = rows ? rows.and(one.anywhere) : one.anywhere
      if (rows.isEmpty()) return { rows, groups: found }
    }
    rows ??= RowSet.all(end)
    for (const group of exclude) rows = rows.without(rowsOfGroup(group, this.#matcher, this.#columns).anywhere)
    return { rows, groups: found }
  }

  #sort(rows: readonly number[], matches: Matches, query: ResolvedSearchQuery, terms: QueryTerms, first: FirstRows): void {
    const { dates, ties, translations } = this.#columns
    const score =
      query.sort === 'date'
        ? (row: number) => dates[row]!
        : createScorer(terms, matches.groups, matches.rows, { columns: this.#columns, matcher: this.#matcher, weights: query.weights })
    const works = new Map<number, Place>()
    for (const row of rows) {
      const value = score(row)
      if (first.isTooLate(value)) continue
      const place = { value, tie: ties[row]!, row }
      const work = this.#columns.works[row]!
      if (!translations.has(work)) first.offer(place)
      else if (!works.has(work) || isBefore(place, works.get(work)!)) works.set(work, place)
    }
    for (const place of works.values()) first.offer(place)
  }

  #hit({ value, row }: Place, terms: QueryTerms, query: ResolvedSearchQuery, viewer: Viewer): SearchResult['hits'][number] {
    const { id, resource, sources } = this.#read(row)
    const translations = this.#formsOf(this.#columns.works[row]!, this.#columns.ties[row]!, viewer)
    return {
      id,
      score: query.sort === 'date' ? 0 : value,
      resource,
      sources,
      highlights: highlight(resource, terms, query.lang),
      ...(translations.length > 0 ? { translations } : {}),
    }
  }

  /** The forms of a work but one; both are named by their ties. */
  #formsOf(work: number, one: number, viewer: Viewer): Translation[] {
    const { ties, alive, translations } = this.#columns
    if (!translations.has(work)) return []
    const rows = [...translations.rowsOf(work)]
    for (let at = ties.indexOf(work); at >= 0; at = ties.indexOf(work, at + 1)) rows.push(at)
    return rows
      .filter((other) => ties[other] !== one && alive[other] === 1 && isRowVisible(this.#columns, other, viewer))
      .slice(0, maxTranslations)
      .map((other) => toTranslation(this.#read(other).resource))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  #read(row: number): StoredBody {
    return JSON.parse(String(this.#connection.execute('select body from bodies where row = ?', [row]).rows[0]![0]))
  }
}
