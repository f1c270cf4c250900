import { describe, expect, it } from 'vitest'
import { vocabularies, vocabularyNames } from '../../../src/vocabularies/index.js'

/** Labels that several concepts have with good reason. */
const shared: Partial<Record<(typeof vocabularyNames)[number], readonly string[]>> = {
  // Two prefectures have a county of this name; sources write the prefecture before it.
  region: ['城区'],
  // A language and its usual script are called the same.
  language: ['قازاقچە', 'قىرغىزچە', 'موڭغۇلچە', 'ئۆزبېكچە', 'Қазақ тілі', 'Моңғол тілі', 'Монгол хэл'],
}

const presentationForms = /[\ufb50-\ufdff\ufe70-\ufeff]/

describe.each(vocabularyNames)('the vocabulary %s', (name) => {
  const { concepts } = vocabularies[name]
  const labels = concepts.flatMap(({ notation, prefLabel }) =>
    Object.entries(prefLabel).map(([language, label]) => ({ notation, language, label })),
  )

  it('has a Chinese and an English label for each concept', () => {
    for (const { notation, prefLabel } of concepts) {
      expect(prefLabel['zh-Hans'], notation).toMatch(/\p{Script=Han}/u)
      expect(prefLabel.en, notation).toMatch(/^[\p{Script=Latin}\p{N}]/u)
      expect(prefLabel.en, notation).not.toMatch(/\p{Script=Han}/u)
    }
  })

  it('calls no two concepts the same in one language', () => {
    const known = new Map<string, string>()
    for (const { notation, language, label } of labels) {
      if (shared[name]?.includes(label)) continue
      const key = `${language} ${label.toLowerCase()}`
      expect(known.get(key), `${label} of ${notation} in ${language}`).toBeUndefined()
      known.set(key, notation)
    }
  })

  it('writes labels in the usual form of Unicode, without spaces at the ends', () => {
    for (const { notation, label } of labels) {
      expect(label, notation).toBe(label.normalize('NFC').trim())
      expect(label, notation).not.toMatch(presentationForms)
      expect(label, notation).not.toMatch(/\s\s|[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/)
    }
  })
})
