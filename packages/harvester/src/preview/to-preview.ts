import type { HarvestItem, SourcedItem } from '../connectors/connector.js'
import { findConnector } from '../connectors/index.js'
import { assertSettings } from '../connectors/settings-check.js'
import type { SourceEntry } from '../crosswalks/mapping/mapping-source.js'
import { CoverageCounter } from '../run/coverage.js'
import type { HarvestSource } from '../run/harvest.js'
import { IssueCounter } from '../run/issue-summary.js'
import type { Preview, PreviewAnswers, PreviewRecord, UnmappedValue, UnreadPath } from './preview.js'

/** Issues about values that a mapping could give a meaning. */
const unmappedCodes = new Set(['concept.unknown', 'value.unmapped', 'language.unknown'])
const maxListed = 1000

/** Reads the records out of answers by the settings of a source, as they are now. @throws {HarvestError} */
export async function toPreview(source: HarvestSource, fetched: PreviewAnswers, limit: number): Promise<Preview> {
  assertSettings(findConnector(source.kind), source.settings)
  const sourced = await readSourced(source, fetched, limit)
  const coverage = new CoverageCounter()
  const issues = new IssueCounter()
  for (const issue of fetched.issues) issues.add(issue)
  for (const { item } of sourced) {
    coverage.add(item)
    for (const issue of item.issues ?? []) issues.add(issue, item.identifier)
  }
  const records = sourced.map(toRecord)
  return {
    records,
    ...(fetched.expectedRecords !== undefined && { expectedRecords: fetched.expectedRecords }),
    coverage: coverage.toCoverage(),
    unmapped: countUnmapped(records),
    unread: countUnread(records),
    issues: issues.list(),
  }
}

async function readSourced({ kind, settings }: HarvestSource, { answers }: PreviewAnswers, limit: number): Promise<SourcedItem[]> {
  const connector = findConnector(kind)
  const found: SourcedItem[] = []
  for (const answer of answers) {
    const read = connector.readSourced
      ? await connector.readSourced(answer, settings)
      : (await connector.read(answer, settings)).map((item: HarvestItem): SourcedItem => ({ item }))
    found.push(...read.slice(0, limit - found.length))
    if (found.length >= limit) break
  }
  return found
}

function toRecord({ item, source }: SourcedItem): PreviewRecord {
  const head = { identifier: item.identifier, ...(source && { source }), issues: item.issues ?? [] }
  if (item.type === 'deleted') return { ...head, isDeleted: true }
  return { ...head, ...(item.resource && { resource: item.resource }) }
}

function countUnmapped(records: readonly PreviewRecord[]): UnmappedValue[] {
  const counts = new Map<string, UnmappedValue>()
  for (const { code, path, value: first, otherValues = [] } of records.flatMap(({ issues }) => issues)) {
    if (first === undefined || !unmappedCodes.has(code)) continue
    for (const value of [first, ...otherValues]) {
      const key = `${path}\n${value}`
      const known = counts.get(key)
      if (known) known.count++
      else counts.set(key, { path, value, count: 1 })
    }
  }
  return mostFrequent(counts.values())
}

/** None where the connector does not tell what was read. */
function countUnread(records: readonly PreviewRecord[]): UnreadPath[] {
  if (!records.some(({ source }) => source?.some(({ isRead }) => isRead))) return []
  const counts = new Map<string, UnreadPath>()
  for (const { source = [] } of records) {
    const seen = new Set<string>()
    for (const { path, text } of source.filter(isUnread)) {
      if (seen.has(path)) continue
      seen.add(path)
      const known = counts.get(path)
      if (known) known.count++
      else counts.set(path, { path, count: 1, sample: text.slice(0, 200) })
    }
  }
  return mostFrequent(counts.values())
}

function isUnread({ isRead, text }: SourceEntry): boolean {
  return !isRead && text.trim() !== ''
}

function mostFrequent<Counted extends { count: number }>(counted: Iterable<Counted>): Counted[] {
  return [...counted].sort((a, b) => b.count - a.count).slice(0, maxListed)
}
