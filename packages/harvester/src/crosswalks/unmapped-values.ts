import type { Issue } from '@edufed/sdk/schemas'

/** Values of one field of one record that are reported beside the first. */
const maxOtherValues = 19

/** The values of a record that no vocabulary knows: one issue a field, in which each value stands once, and of very many the first. */
export class UnmappedValues {
  readonly #issues = new Map<string, Issue>()

  /** @returns The issue of a field whose first value this is; the values that follow are added to that. */
  add(field: string, text: string): Issue | undefined {
    const value = text.slice(0, 200)
    const known = this.#issues.get(field)
    if (known) {
      addOther(known, value)
      return undefined
    }
    const message = `"${value.slice(0, 80)}" is not in the vocabulary of ${field}; it was kept as it is`
    const issue: Issue = { code: 'value.unmapped', path: field, message, severity: 'info', value }
    this.#issues.set(field, issue)
    return issue
  }
}

function addOther(issue: Issue, value: string): void {
  const others = issue.otherValues ?? []
  if (issue.value === value || others.includes(value) || others.length >= maxOtherValues) return
  others.push(value)
  issue.otherValues = others
  const more = others.length === 1 ? 'another value' : `${others.length} other values`
  issue.message = `"${issue.value?.slice(0, 80)}" and ${more} are not in the vocabulary of ${issue.path}; they were kept as they are`
}
