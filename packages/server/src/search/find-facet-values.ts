import { findConcept, type VocabularyName, vocabularyNames } from '@edufed/harvester/vocabularies'
import type { FacetCount, FacetName } from '@edufed/sdk/schemas'
import { charactersTyped, fold, typedPinyin } from './analysis/index.js'
import { levelLabels } from './level-label.js'
import { hanRuns } from './spelling/typed-pinyin.js'

/** How well a value answers what was typed, best first. */
const fits = { exactly: 0, ownBeginning: 1, beginning: 2, pinyin: 3, inside: 4 } as const

const folded = new Map<string, string>()
const maxFolded = 50_000

/**
 * The values whose label has what was typed, in any language and spelling that the vocabulary knows, or whose code begins with it:
 * those that fit best first, then those with most resources.
 *
 * @param counts - All values of the facet, those with most resources first.
 */
export function findFacetValues(name: FacetName, counts: readonly FacetCount[], find: string): FacetCount[] {
  const typed = keyOf(find)
  if (typed === '') return find.trim() === '' ? [...counts] : []
  const isPinyin = isVocabulary(name) && typedPinyin(find) !== undefined
  return counts
    .map((count) => ({ count, fit: fitOf(name, count, { typed, find, isPinyin }) }))
    .filter(({ fit }) => fit < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.fit - b.fit)
    .map(({ count }) => count)
}

function fitOf(
  name: FacetName,
  { value, label }: FacetCount,
  { typed, find, isPinyin }: { typed: string; find: string; isPinyin: boolean },
): number {
  const own = keyOf(label)
  const keys = [own, ...otherLabels(name, value).map(keyOf)]
  const code = keyOf(value)
  if (keys.includes(typed) || code === typed) return fits.exactly
  if (own.startsWith(typed)) return fits.ownBeginning
  if (code.startsWith(typed) || keys.some((key) => key.startsWith(typed))) return fits.beginning
  if (
    isPinyin &&
    [label, ...otherLabels(name, value)].some((text) => hanRuns(text).some((run) => charactersTyped(run, find) !== undefined))
  )
    return fits.pinyin
  return keys.some((key) => key.includes(typed)) ? fits.inside : Number.POSITIVE_INFINITY
}

function otherLabels(name: FacetName, value: string): readonly string[] {
  if (name === 'level') return levelLabels(value)
  const concept = isVocabulary(name) ? findConcept(name, value) : undefined
  return concept ? [...Object.values(concept.prefLabel), ...(concept.altLabel ?? [])] : []
}

function isVocabulary(name: FacetName): name is FacetName & VocabularyName {
  return vocabularyNames.some((vocabulary) => vocabulary === name)
}

/** Only for comparing: letters and digits, folded. */
function keyOf(text: string): string {
  let key = folded.get(text)
  if (key === undefined) {
    key = fold(text.slice(0, 300)).text.replaceAll(' ', '')
    if (folded.size >= maxFolded) folded.clear()
    folded.set(text, key)
  }
  return key
}
