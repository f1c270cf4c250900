import { ValueCounter } from '@edufed/harvester'
import type { Issue, IssueSummary } from '@edufed/sdk/schemas'

const maxSamples = 10
const maxCodes = 200

/** Counts issues by code and keeps a few of the records that have them; goes on from the summaries of a run that broke off. */
export class IssueTally {
  readonly #summaries: Map<string, IssueSummary>
  readonly #values: Map<string, ValueCounter>

  constructor(summaries: readonly IssueSummary[] = []) {
    this.#summaries = new Map(summaries.map((summary) => [keyOf(summary), { ...summary, samples: [...summary.samples] }]))
    this.#values = new Map(summaries.flatMap((summary) => (summary.values ? [[keyOf(summary), new ValueCounter(summary.values)]] : [])))
  }

  /** @param identifier - The record that has the issue; absent for findings about the source itself. */
  add(issue: Issue, identifier?: string): void {
    if (issue.value !== undefined) this.#addValue(keyOf(issue), issue.value)
    for (const value of issue.otherValues ?? []) this.#addValue(keyOf(issue), value)
    const summary = this.#summaries.get(keyOf(issue))
    if (!summary) {
      if (this.#summaries.size >= maxCodes) return
      const samples = identifier === undefined ? [] : [identifier]
      this.#summaries.set(keyOf(issue), { code: issue.code, severity: issue.severity, count: 1, message: issue.message, samples })
      return
    }
    summary.count += 1
    if (identifier !== undefined && summary.samples.length < maxSamples && !summary.samples.includes(identifier))
      summary.samples.push(identifier)
  }

  #addValue(key: string, value: string): void {
    const counter = this.#values.get(key) ?? new ValueCounter()
    counter.add(value)
    this.#values.set(key, counter)
  }

  remove(code: string): void {
    for (const [key, summary] of this.#summaries) {
      if (summary.code !== code) continue
      this.#summaries.delete(key)
      this.#values.delete(key)
    }
  }

  has(code: string): boolean {
    return [...this.#summaries.values()].some((summary) => summary.code === code)
  }

  /** Errors first, then the most frequent. */
  toSummaries(): IssueSummary[] {
    const rank = { error: 0, warning: 1, info: 2 }
    const summaries = [...this.#summaries].map(([key, summary]) => {
      const values = this.#values.get(key)?.list()
      return values ? { ...summary, values } : summary
    })
    return summaries.sort((a, b) => rank[a.severity] - rank[b.severity] || b.count - a.count)
  }
}

function keyOf(issue: Pick<Issue, 'code' | 'severity'>): string {
  return `${issue.code} ${issue.severity}`
}
