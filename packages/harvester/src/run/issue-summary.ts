import type { Issue, IssueSummary } from '@edufed/sdk/schemas'
import { toOwnText } from '../quality/own-text.js'
import { ValueCounter } from './value-counter.js'

const maxSamples = 10
const maxCodes = 500

/** Counts issues by code, with a few samples of each; its size is bounded however long a run is. */
export class IssueCounter {
  readonly #summaries = new Map<string, IssueSummary>()
  readonly #values = new Map<string, ValueCounter>()

  /** @param identifier - The record; absent when the finding is about the source. */
  add(issue: Issue, identifier?: string): void {
    const key = `${issue.code}\n${issue.severity}`
    const summary = this.#summaries.get(key)
    if (issue.value !== undefined) this.#addValue(key, issue.value)
    for (const value of issue.otherValues ?? []) this.#addValue(key, value)
    if (summary) {
      summary.count++
      if (identifier && summary.samples.length < maxSamples && !summary.samples.includes(identifier)) {
        summary.samples.push(toOwnText(identifier))
      }
    } else if (this.#summaries.size < maxCodes) {
      const { code, severity, message } = issue
      this.#summaries.set(key, {
        code,
        severity,
        count: 1,
        message: toOwnText(message),
        samples: identifier ? [toOwnText(identifier)] : [],
      })
    }
  }

  #addValue(key: string, value: string): void {
    const counter = this.#values.get(key) ?? new ValueCounter()
    counter.add(value)
    this.#values.set(key, counter)
  }

  /** Errors first, then the most frequent. */
  list(): IssueSummary[] {
    const rank = { error: 0, warning: 1, info: 2 }
    return [...this.#summaries]
      .map(([key, summary]) => {
        const values = this.#values.get(key)?.list()
        return { ...summary, samples: [...summary.samples], ...(values && { values }) }
      })
      .sort((a, b) => rank[a.severity] - rank[b.severity] || b.count - a.count || (a.code < b.code ? -1 : 1))
  }
}
