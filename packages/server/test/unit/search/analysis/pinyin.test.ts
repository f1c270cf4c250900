import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charactersTyped, foldPinyin, pinyinKeysOf, readingsOf, typedPinyin } from '../../../../src/search/analysis/pinyin.js'

const han = fc.string({ unit: fc.constantFrom(...'一元二次方程长形音乐重庆行走银𠀀龘'), minLength: 1, maxLength: 30 })

describe('pinyin', () => {
  it('reads characters as their words do', () => {
    expect(readingsOf('长方形')).toEqual(['chang', 'fang', 'xing'])
    expect(readingsOf('音乐')).toEqual(['yin', 'yue'])
    expect(readingsOf('重庆')).toEqual(['chong', 'qing'])
  })

  it('gives the characters that were typed as far as they were typed', () => {
    expect(charactersTyped('三角形的内角和', 'sjxdnj')).toBe('三角形的内角')
    expect(charactersTyped('一元二次方程', 'yiyuanerc')).toBe('一元二次')
    expect(charactersTyped('绿色', 'lvse')).toBe('绿色')
    expect(charactersTyped('生活', 'senghuo')).toBe('生活')
    expect(charactersTyped('生活', 'huo')).toBeUndefined()
  })

  it('finds a title by every beginning of its pinyin', () => {
    fc.assert(
      fc.property(han, fc.nat(30), (title, length) => {
        const [full, initials] = pinyinKeysOf(title)
        if (full === undefined || initials === undefined) return
        expect(full).toMatch(/^ƿ[a-z]+$/)
        expect(initials).toMatch(/^ƿ[a-z]+$/)
        const syllables = readingsOf(title).slice(0, initials.length - 1)
        const letters = syllables.join('').slice(0, length + 2)
        const typed = typedPinyin(letters)
        if (!typed) return
        expect(full.startsWith(typed.full)).toBe(true)
        expect(title.startsWith(charactersTyped(title, letters)!)).toBe(true)
      }),
    )
  })

  it('folds the beginning of what is typed to the beginning of what it folds to', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'zcshngaoeiuvü') }), fc.nat(20), (letters, length) => {
        expect(foldPinyin(letters).startsWith(foldPinyin(letters.slice(0, length)))).toBe(true)
      }),
    )
  })
})
