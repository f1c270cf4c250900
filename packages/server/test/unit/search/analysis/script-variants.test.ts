import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../../../src/search/analysis/index.js'
import { scriptVariants } from '../../../../src/search/analysis/scripts/script-variants.js'

const pairs = join(
  process.env.EDUFED_SHARED_DATA ?? join(import.meta.dirname, '../../../../../../../shared/data'),
  'fixtures/multilingual/uyghur-script-pairs.tsv',
)
const folded = (word: string) => fold(word).text

/** Words that are to find each other in all scripts of their language. */
const words: [language: string, ...spellings: string[]][] = [
  ['Uyghur', 'مەكتەپ', 'mektep', 'мәктәп'],
  ['Uyghur', 'كىتاب', 'kitab', 'китаб'],
  ['Uyghur', 'ئۆردەك', 'ördek', 'өрдәк'],
  ['Kazakh', 'قازاق', 'qazaq', 'қазақ'],
  ['Kazakh', 'ٴتىل', 'tıl', 'тіл'],
  ['Kazakh', 'مەكتەپ', 'mektep', 'мектеп'],
  ['Mongolian', 'ᠤᠬᠠᠭᠠᠨ', 'ухаан'],
  ['Mongolian', 'ᠲᠣᠭᠠ', 'тоо'],
  ['Mongolian', 'ᠨᠣᠮ', 'ном'],
]
/** Letters that can be told apart in every script of the language, so that words come back as they were. */
const uyghurWord = fc
  .array(fc.tuple(fc.constantFrom(...'بپتجچخدرزسشفقكگلم'), fc.constantFrom(...'اەوۇۆۈې')), { minLength: 1, maxLength: 5 })
  .map((syllables) => syllables.flat().join(''))
const kazakhWord = fc
  .array(fc.tuple(fc.constantFrom(...'бвгғдзлмнпрстш'), fc.constantFrom(...'аоұ')), { minLength: 1, maxLength: 5 })
  .map((syllables) => syllables.flat().join(''))

describe('a word in other scripts', () => {
  it.each(words)('is found in %s by each spelling: %s, %s', (_, ...spellings) => {
    for (const one of spellings)
      for (const other of spellings) if (one !== other) expect(scriptVariants(one), `${one} → ${other}`).toContain(folded(other))
  })

  it('is found when diacritics and apostrophes are left out', () => {
    expect(scriptVariants('komur')).toContain(folded('كۆمۈر'))
    expect(scriptVariants('maarip')).toContain(folded('مائارىپ'))
    expect(scriptVariants("ma'arip")).toContain(folded('مائارىپ'))
    expect(scriptVariants('uikelis')).toContain(folded('үйкеліс'))
  })

  it('comes back from Uyghur Cyrillic and Latin letters', () => {
    fc.assert(
      fc.property(uyghurWord, (word) => {
        const others = scriptVariants(word)
        expect(others.length).toBeGreaterThan(0)
        const cyrillic = others.find((other) => /^\p{Script=Cyrillic}+$/u.test(other) && scriptVariants(other).includes(folded(word)))
        expect(cyrillic).toBeDefined()
      }),
    )
  })

  it('comes back from Kazakh Arabic script', () => {
    fc.assert(
      fc.property(kazakhWord, (word) => {
        const arabic = scriptVariants(word).filter((other) => /^\p{Script=Arabic}+$/u.test(other))
        expect(arabic.flatMap(scriptVariants)).toContain(folded(word))
      }),
    )
  })

  it('has few spellings, all of them words of the index, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(..."aeioug'nhsқуиіاىيە") })), (text) => {
        const spellings = scriptVariants(text)
        expect(spellings.length).toBeLessThanOrEqual(24)
        for (const spelling of spellings) {
          expect(folded(spelling)).toBe(spelling)
          expect(spelling).toMatch(/^\S+$/)
        }
      }),
    )
  })

  it.skipIf(!existsSync(pairs))(`is found for nearly all known pairs${existsSync(pairs) ? '' : ' (skipped: no shared data)'}`, () => {
    const missed: string[] = []
    let tried = 0
    for (const line of readFileSync(pairs, 'utf8').split('\n').slice(1)) {
      const [arabic = '', , other = ''] = line.split('\t')
      if (!/^[\p{Script=Arabic}]{2,}$/u.test(arabic) || !/^[\p{L}']{2,}$/u.test(other)) continue
      tried += 2
      if (!scriptVariants(arabic).includes(folded(other))) missed.push(`${arabic} → ${other}`)
      if (!scriptVariants(other).includes(folded(arabic))) missed.push(`${other} → ${arabic}`)
    }
    expect(tried).toBeGreaterThan(150)
    expect(missed.length, missed.join('; ')).toBeLessThanOrEqual(5)
  })
})
