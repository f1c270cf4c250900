import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languagesOf } from '../../../src/search/understanding/query-language.js'
import { understandQuery } from '../../../src/search/understanding/understand-query.js'

const recognised = (text: string) =>
  understandQuery({ text, lang: 'zh-Hans' }).recognised.map(({ facet, value, text: typed }) => [facet, value, typed])

describe('a typed query', () => {
  it('tells edition, grade, volume, subject and type, with and without spaces', () => {
    const parts = [
      ['edition', 'renjiao', '人教版'],
      ['grade', 'grade-3', '三年级'],
      ['volume', 'upper', '上册'],
      ['subject', 'mathematics', '数学'],
      ['type', 'courseware', '课件'],
    ]
    expect(recognised('人教版 三年级 上册 数学 课件')).toEqual(parts)
    expect(recognised('人教版三年级上册数学课件')).toEqual(parts)
  })

  it.each([
    ['3年级', 'grade', 'grade-3', '3年级'],
    ['道德与法治 教学', 'subject', 'morality-and-law', '道德与法治'],
    ['Lesson Plans about birds', 'type', 'lesson-plan', 'Lesson Plans'],
    ['matematika', 'subject', 'mathematics', 'matematika'],
    ['མཛེས་རིས་', 'subject', 'fine-arts', 'མཛེས་རིས'],
    ['birds 小学', 'stage', 'primary', '小学'],
  ])('tells in %s the %s', (text, facet, value, typed) => {
    expect(recognised(text)).toEqual([[facet, value, typed]])
  })

  it.each(['', '青岛的海', '第一单元', '一', '12', 'a table of contents', '"数学"', '-数学', 'paper boats'])(
    'takes nothing in %j for a facet',
    (text) => {
      expect(recognised(text)).toEqual([])
    },
  )

  it('names what it understood in the language of the reader', () => {
    expect(understandQuery({ text: '数学', lang: 'ug' }).recognised[0]!.label).toBe('ماتېماتىكا')
  })

  it.each([
    ['Үйкеліс', ['kk']],
    ['ماتېماتىكا', ['ug']],
    ['数学', ['zh']],
    ['хүч', ['mn', 'kk', 'ky', 'ug']],
    ['physics', ['en', 'ug']],
    ['123', []],
  ])('%s can be of %j', (text, languages) => {
    expect(languagesOf(text)).toEqual(languages)
  })

  it('is understood in bounded time and without error, whatever it holds', () => {
    const words = fc.constantFrom('人教版', '数学', 'lesson plan', 'maktab', 'тоо', '"', '-', 'གྲངས་རིག', '\ud800', 'sjx')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words).map((list) => list.join(' ')),
        ),
        (text) => {
          const { terms } = understandQuery({ text, lang: text.slice(0, 5) })
          expect(terms.groups.length).toBeLessThanOrEqual(24)
          for (const group of terms.groups) {
            expect(group.anyOf.length).toBeLessThan(40)
            if (group.typed) expect(group.typed.end).toBeLessThanOrEqual(text.length)
          }
        },
      ),
    )
    for (const unit of ['数学', 'abcdefg ', 'ماتېماتىكا ', 'uikelis '])
      expect(understandQuery({ text: unit.repeat(10_000 / unit.length), lang: 'zh' }).terms.groups.length).toBeGreaterThan(0)
  })

  it.each([
    ['letters', 'a'.repeat(10_000)],
    ['Chinese', '一元二次方程的解法怎么教'.repeat(833)],
    ['names', '小学 初中 高中 数学 语文 英语 物理 化学 人教版 课件 maktab mektep oqu sabaq kitab tarih geografiya muzika '.repeat(90)],
    ['words with many synonyms', Array.from({ length: 40 }, (_, at) => `w${at}a`).join(' ')],
    ['words with many spellings', Array.from({ length: 40 }, (_, at) => `ghwng${'kasd'.repeat(1 + (at % 8))}${'aeiou'[at % 5]}`).join(' ')],
    ['a quotation', `"${'火山 '.repeat(130)}"`],
    ['excluded words', Array.from({ length: 2_000 }, (_, at) => `-x${at}`).join(' ')],
  ])('asks engines few questions for 10,000 characters of %s', (_, text) => {
    const synonyms = new Map(
      Array.from({ length: 40 }, (_, at) => [`w${at}a`, Array.from({ length: 12 }, (_, other) => `w${at}b${other}`)]),
    )
    const { terms } = understandQuery({ text, lang: 'zh-Hans' }, synonyms)
    const alternatives = [...terms.groups, ...terms.exclude].flatMap((group) => group.anyOf)
    expect(alternatives.length).toBeGreaterThan(0)
    expect(alternatives.length).toBeLessThanOrEqual(300)
    expect(alternatives.reduce((sum, { words }) => sum + words.length, 0)).toBeLessThanOrEqual(1_000)
  })
})
