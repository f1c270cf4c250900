import type { LanguageMap } from '@edufed/sdk/schemas'
import { findConcept, matchConcept } from './match.js'
import type { VocabularyName } from './vocabulary.js'

/** Where a reader of a language looks next. */
const nextLanguages: Record<string, readonly string[]> = {
  'ug-Arab': ['zh-Hans', 'en'],
  'kk-Arab': ['kk-Cyrl', 'ug-Arab', 'zh-Hans', 'en'],
  'kk-Cyrl': ['ru', 'zh-Hans', 'en'],
  'mn-Mong': ['mn-Cyrl', 'zh-Hans', 'en'],
  'mn-Cyrl': ['zh-Hans', 'en'],
  bo: ['zh-Hans', 'en'],
  'zh-Hant': ['zh-Hans', 'en'],
  'zh-Hans': ['zh-Hant', 'en'],
  en: ['zh-Hans'],
}
const aliases: Record<string, string> = {
  zh: 'zh-Hans',
  'zh-CN': 'zh-Hans',
  'zh-TW': 'zh-Hant',
  'zh-HK': 'zh-Hant',
  ug: 'ug-Arab',
  kk: 'kk-Cyrl',
  mn: 'mn-Cyrl',
}

/** The label of a concept in a language, else in the nearest language that has one; undefined for a notation that the vocabulary lacks. */
export function labelOf(name: VocabularyName, notation: string, language: string): string | undefined {
  const prefLabel = findConcept(name, notation)?.prefLabel ?? (name === 'license' ? matchConcept(name, notation)?.prefLabel : undefined)
  if (prefLabel) return pickLabel(prefLabel, language)
  return name === 'language' ? nameOfLanguage(notation, language) : undefined
}

/** The text of a language map for a reader of a language. */
export function pickLabel(labels: LanguageMap, language: string): string | undefined {
  const tag = aliases[language] ?? language
  const base = tag.split('-')[0] ?? tag
  const order = [tag, base, aliases[base] ?? base, ...(nextLanguages[tag] ?? nextLanguages[aliases[base] ?? base] ?? ['en', 'zh-Hans'])]
  const found = order.find((candidate) => labels[candidate] !== undefined)
  return found === undefined ? Object.values(labels)[0] : labels[found]
}

function nameOfLanguage(tag: string, language: string): string | undefined {
  try {
    return new Intl.DisplayNames([language, 'en'], { type: 'language', fallback: 'none' }).of(tag)
  } catch {
    return undefined
  }
}
