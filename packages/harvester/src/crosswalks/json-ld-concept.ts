import { toPlainText } from '../quality/text.js'
import type { DraftBuilder } from './draft-builder.js'
import { idOf } from './json-ld-node.js'
import { labelsOf, type TaggedText, textsOf } from './json-ld-text.js'
import { isObject } from './json-value.js'

type ConceptField = 'about' | 'educationalLevel' | 'learningResourceType' | 'audience'

/** Codes of vocabularies in wide use that are no word in themselves: https://w3id.org/kim/educationalLevel/ */
const wordsOfCodes = new Map([
  ['level_0', 'preschool'],
  ['level_1', 'primary'],
  ['level_2', 'junior-secondary'],
  ['level_3', 'senior-secondary'],
  ['level_06', 'higher'],
  ['level_07', 'higher'],
  ['level_08', 'higher'],
])

/**
 * Adds a concept that stands as an object with labels, as an object with nothing but an address, as an address, or as words (several joined by
 * commas). A subject that no vocabulary knows becomes a keyword; the others are kept in the source's own words.
 */
export function takeJsonLdConcept(draft: DraftBuilder, field: ConceptField, value: unknown, language: string | undefined): void {
  if (!isObject(value)) {
    for (const { text } of textsOf(value)) takeWords(draft, field, text, language)
    return
  }
  const labels = value['@value'] === undefined ? labelsOf(value) : textsOf(value)
  const id = idOf(value)
  const texts = labels.length > 0 || id !== undefined ? labels : textsOf(value)
  if (texts.length === 0 && id === undefined) return
  for (const word of [id, texts[0]?.text]) if (word !== undefined) draft.keep(field, word)
  const words = [...texts.map(({ text }) => toPlainText(text)), ...(id === undefined ? [] : wordsOfAddress(id))]
  if (words.some((word) => draft.addImplied(field, word))) return
  draft.reportUnmapped(field, texts[0]?.text ?? id ?? '')
  if (field === 'about') for (const label of texts.filter(isWord)) draft.addKeyword(label.text, label.language ?? language)
}

function takeWords(draft: DraftBuilder, field: ConceptField, text: string, language: string | undefined): void {
  if (/^(https?:|urn:)\S+$/.test(text.trim())) {
    takeJsonLdConcept(draft, field, { id: text.trim() }, language)
    return
  }
  draft.keep(field, text)
  for (const part of text.split(/\s*[,;，；、|]\s*/).filter((word) => word !== '')) {
    if (draft.addImplied(field, part)) continue
    draft.reportUnmapped(field, part)
    if (field === 'about') draft.addKeyword(part, language)
  }
}

function isWord({ text }: TaggedText): boolean {
  return !/^[a-z]?\d+$/i.test(text)
}

/** The last part of an address, which is the word itself in many vocabularies: …/hcrt/worksheet, …#teacher. */
function wordsOfAddress(address: string): string[] {
  const last =
    address
      .replace(/[/#]+$/, '')
      .split(/[/#:]/)
      .at(-1) ?? ''
  const word = wordsOfCodes.get(last) ?? (URL.canParse(address) ? decode(last).replace(/_/g, ' ') : '')
  return [...new Set([word, decode(last)])].filter((text) => text !== '')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
