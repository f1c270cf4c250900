import type { Issue, IssueSummary } from '@edufed/sdk/schemas'

const maxSamples = 10
const maxCodes = 200

/** Counts issues by code and keeps a few of the records that have them; goes on from the summaries of a run that broke off. */
export class IssueTally {
  readonly #summaries: Map<string, IssueSummary>

  constructor(summaries: readonly IssueSummary[] = []) {
    this.#summaries = new Map(summaries.map((summary) => [keyOf(summary), { ...summary, samples: [...summary.samples] }]))
  }

  /** @param identifier - The record that has the issue; absent for findings about the source itself. */
  add(issue: Issue, identifier?: string): void {
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

  remove(code: string): void {
    for (const [key, summary] of this.#summaries) if (summary.code === code) this.#summaries.delete(key)
  }

  has(code: string): boolean {
    return [...this.#summaries.values()].some((summary) => summary.code === code)
  }

  /** Errors first, then the most frequent. */
  toSummaries(): IssueSummary[] {
    const rank = { error: 0, warning: 1, info: 2 }
    return [...this.#summaries.values()].sort((a, b) => rank[a.severity] - rank[b.severity] || b.count - a.count)
  }
}

function keyOf(issue: Pick<Issue, 'code' | 'severity'>): string {
  return `${issue.code} ${issue.severity}`
}
