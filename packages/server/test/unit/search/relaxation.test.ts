import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { worthOf } from '../../../src/search/relaxation/group-worth.js'
import { withoutGroups } from '../../../src/search/relaxation/without-groups.js'
import { understandQuery } from '../../../src/search/understanding/understand-query.js'

const lang = 'zh-Hans'
const piece = fc.constantFrom(
  ...[
    '人教版',
    '三年级',
    '上册',
    '数学',
    '课件',
    '长方形',
    '的',
    '量子',
    'photosynthesis',
    'quiz',
    '9',
    '-',
    '"',
    '“',
    '”',
    ' ',
    '  ',
    '\u0f0b',
  ],
  ...['ماتېماتىكا', 'математика', 'གྲངས་རིག', '免费', '\ud800', '\u202e'],
)
const text = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

describe('leaving words out', () => {
  it('gives up a volume before an edition, a type, a grade and a subject, and all of these before a word', () => {
    const query = { text: '免费 上册 人教版 课件 三年级 数学 长方形', lang }
    const worths = understandQuery(query).terms.groups.map(worthOf)
    expect(worths).toHaveLength(7)
    expect([...worths].sort((a, b) => a! - b!)).toEqual(worths)
    for (const [at, worth] of worths.entries()) if (at > 0) expect(worth).toBeGreaterThan(worths[at - 1]!)
  })

  it('sums worths exactly in the numbers that engines sum scores in', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const worths = understandQuery({ text: typed, lang }).terms.groups.map(worthOf)
        let sum = 0
        for (const worth of worths) sum = Math.fround(sum + (worth ?? 0))
        expect(sum).toBeLessThan(2 ** 24)
        expect(sum).toBe(worths.reduce<number>((total, worth) => total + (worth ?? 0), 0))
      }),
    )
  })

  it('keeps the other groups and what is excluded, whatever the text', () => {
    fc.assert(
      fc.property(text, fc.infiniteStream(fc.boolean()), (typed, choices) => {
        const understood = understandQuery({ text: typed, lang })
        const { groups, exclude } = understood.terms
        const leftOut = groups.filter((group) => group.typed !== undefined && choices.next().value === true)
        const shorter = withoutGroups({ text: typed, lang }, understood, leftOut)
        expect(shorter.terms.groups).toEqual(groups.filter((group) => !leftOut.includes(group)))
        expect(shorter.terms.exclude).toEqual(exclude)
        expect(understood.recognised).toEqual(expect.arrayContaining(shorter.recognised))
      }),
    )
  })
})
