import type { LearningResource } from '@edufed/sdk/schemas'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzeQuery } from '../../../src/search/analysis/index.js'
import { highlight } from '../../../src/search/highlight.js'

const shown = (query: string, name: Record<string, string>, description?: Record<string, string>, lang = 'zh-Hans') => {
  const highlights = highlight({ name, description } as unknown as LearningResource, analyzeQuery(query), lang)
  const mark = (field: 'name' | 'description') =>
    highlights[field]?.fragments.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')
  return { name: mark('name'), description: mark('description'), language: highlights.name?.language }
}

describe('highlight', () => {
  it.each([
    ['静夜思', '靜夜思（李白）', '[靜夜思]（李白）'],
    ['二次方程', '一元二次方程', '一元[二次方程]'],
    ['quadratics', 'The Quadratic Équations', 'The [Quadratic] Équations'],
    ['equations', 'The Quadratic Équations', 'The Quadratic [Équations]'],
    ['3年级', '数学三年级上册', '数学[三年级]上册'],
    ['三年级', '数学3年级上册', '数学[3年级]上册'],
    ['دەرس', 'ماتېماتىكا دەرسلىكى', 'ماتېماتىكا [دەرسلىكى]'],
    ['གྲངས་རིག', 'གྲངས་རིག་སློབ་དེབ།', '[གྲངས་རིག]་སློབ་དེབ།'],
    ['三角形内角和', '三角形的内角和', '[三角形]的[内角和]'],
    ['MATH', 'Ｍａｔｈ 1', '[Ｍａｔｈ] 1'],
    ['cafe', 'Un cafe\u0301 noir', 'Un [cafe\u0301] noir'],
  ])('marks for %s in %s the words that matched', (query, name, marked) => {
    expect(shown(query, { und: name }).name).toBe(marked)
  })

  it('shows the language that matches best, then the one that is asked for', () => {
    const name = { en: 'Mathematics 数学', 'zh-Hans': '数学', 'zh-Hant': '數學' }
    expect(shown('数学', name, undefined, 'zh-Hant').language).toBe('zh-Hant')
    expect(shown('数学 mathematics', name, undefined, 'zh-Hant').language).toBe('en')
  })

  it('leaves out what did not match', () => {
    expect(shown('数学', { en: 'Chemistry' }, { en: 'About acids' })).toEqual({
      name: undefined,
      description: undefined,
      language: undefined,
    })
    expect(shown('', { en: 'Chemistry' }).name).toBeUndefined()
  })

  it('cuts a passage of whole words around the first match of a description', () => {
    const passage = shown('needle', { en: 'x' }, { en: `${'hay '.repeat(100)}needle ${'straw '.repeat(100)}` }).description!
    expect(passage).toMatch(/^(hay )+\[needle\]( straw)+$/)
    expect(passage.length).toBeLessThanOrEqual(162)
  })

  it('gives pieces that join to the stored text, for any text and query', () => {
    const text = fc.string({ unit: fc.constantFrom(...'一元二次方程的 ab\u0301Ａ（）"-་ཀྲ྅\ud83d\ude00\ud800ەىـ1年级三'), maxLength: 40 })
    fc.assert(
      fc.property(text, text, (stored, query) => {
        const { name } = highlight({ name: { und: stored } } as unknown as LearningResource, analyzeQuery(query), 'en')
        if (name) expect(name.fragments.map((fragment) => fragment.text).join('')).toBe(stored)
      }),
      { numRuns: 500 },
    )
  })
})
