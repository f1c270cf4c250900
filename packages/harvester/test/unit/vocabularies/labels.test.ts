import { describe, expect, it } from 'vitest'
import { type VocabularyConcept, vocabularies, vocabularyNames } from '../../../src/vocabularies/index.js'

/** Labels that several concepts have with good reason. */
const shared: Partial<Record<(typeof vocabularyNames)[number], readonly string[]>> = {
  // Two prefectures have a county of this name; sources write the prefecture before it.
  region: ['城区'],
  // A language and its usual script are called the same.
  language: ['قازاقچە', 'قىرغىزچە', 'موڭغۇلچە', 'ئۆزبېكچە', 'Қазақ тілі', 'Моңғол тілі', 'Монгол хэл'],
}

const presentationForms = /[\ufb50-\ufdff\ufe70-\ufeff]/

/** What a reader of Uyghur still sees in Chinese: names whose usual Uyghur form is not known for sure. */
const withoutUyghur: Partial<Record<(typeof vocabularyNames)[number], (concept: VocabularyConcept) => boolean>> = {
  subject: ({ notation }) => notation === 'human-geography',
  edition: ({ notation, prefLabel }) => /主编|精通/.test(prefLabel['zh-Hans'] ?? '') || publishersWithoutUyghur.test(notation),
  region: ({ notation }) => /^14(?!0000|0100|0200)/.test(notation) || ['659010', '659011', '659012'].includes(notation),
}
const publishersWithoutUyghur =
  /^(?:huke|huyin|hushuhua|luhua|liaohai|yuejiao-huacheng|lingnan|renjiao-datong|daxiang|jieli|huawen|xiling|zhongtu-zhonghua|shangwu-xingqiu|xingqiu-yueren|renda-fuzhong|longjiao|yuwen-[sa]|kaiming|yuelu)(?:-companion|-year-3)?$/

/** The letters of a language, with what labels have besides: digits, marks and names in Latin letters. */
const letters: Record<string, RegExp> = {
  'ug-Arab': /^[ئاەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىي،:()\p{Script=Latin}\p{N}.\s-]+$/u,
  'kk-Cyrl': /^[а-яёәғқңөұүһі,:()\p{Script=Latin}\p{N}.\s-]+$/iu,
  'mn-Cyrl': /^[а-яёөү,:()\p{Script=Latin}\p{N}.\s-]+$/iu,
  bo: /^[\p{Script=Tibetan}()\p{Script=Latin}\p{N}.\s-]+$/u,
}
/** Letters that look alike in two scripts are easily mixed in one word. */
const mixedWord = /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Arabic}]|[\p{Script=Cyrillic}\p{Script=Arabic}]\p{Script=Latin}/u
/** A vowel begins no word of Uyghur without the letter before it that carries it. */
const bareVowel = /(?:^|[\s(-])[اەېىوۇۆۈ]/

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

  it('has a Uyghur label for each concept but those that are known to lack one', () => {
    const lacking = concepts.filter(({ prefLabel }) => prefLabel['ug-Arab'] === undefined)
    expect(lacking.map(({ notation }) => notation)).toEqual(
      concepts.filter((concept) => withoutUyghur[name]?.(concept)).map(({ notation }) => notation),
    )
  })

  it('writes labels with the letters of their language', () => {
    for (const { notation, language, label } of labels) {
      if (letters[language]) expect(label, `${notation} in ${language}`).toMatch(letters[language])
      expect(label, `${notation} in ${language}`).not.toMatch(mixedWord)
      if (language === 'ug-Arab') expect(label, notation).not.toMatch(bareVowel)
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
