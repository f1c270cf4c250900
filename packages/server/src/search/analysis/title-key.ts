import { toTerm, wordTermOf } from './run-terms.js'
import type { Run } from './runs.js'

/** A whole title as one term: its words without anything between them, stems and folded characters as in the index. */
export function titleKeyOf(runs: readonly Run[]): string {
  let key = ''
  for (const run of runs) {
    key += run.kind === 'word' || run.kind === 'syllable' ? wordTermOf(run) : run.text
    if (key.length > maxKeyLength) break
  }
  return key.length <= maxKeyLength ? key : toTerm(key)
}

const maxKeyLength = 200
