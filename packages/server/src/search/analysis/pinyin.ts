import { pinyin } from 'pinyin-pro'
import { cutForQuery } from './han-words.js'

const readings = new Map<string, readonly string[]>()
const maxKnownWords = 50_000

/**
 * The reading of each character of a run of Chinese characters, without tones: 长方形 → chang, fang, xing.
 *
 * @param words - Words in the run, when the caller has them already; they may overlap.
 */
export function readingsOf(run: string, words: readonly string[] = cutForQuery(run)): string[] {
  const known = new Set(words)
  const syllables: string[] = []
  for (let at = 0; at < run.length; ) {
    let length = Math.min(longestWord, run.length - at)
    while (length > 1 && !known.has(run.slice(at, at + length))) length--
    if (length === 1) length = String.fromCodePoint(run.codePointAt(at)!).length
    syllables.push(...readingsOfWord(run.slice(at, at + length)))
    at += length
  }
  return syllables
}

/** A word decides how its characters are read (音乐 yue, 快乐 le); most words come again and again. */
function readingsOfWord(word: string): readonly string[] {
  let known = readings.get(word)
  if (!known) {
    known = pinyin(word, { toneType: 'none', type: 'array', nonZh: 'spaced' })
    if (readings.size >= maxKnownWords) readings.clear()
    readings.set(word, known)
  }
  return known
}

/** Letters typed as pinyin, with the sounds folded that speakers of many dialects do not tell apart (zh/z, ang/an). */
export function foldPinyin(letters: string): string {
  return letters
    .toLowerCase()
    .replaceAll(/[vü]/g, 'u')
    .replaceAll(/([zcs])h/g, '$1')
    .replaceAll(/ng/g, 'n')
}

/** What stands before pinyin among the keys of titles, so that it is no title itself. */
export const pinyinMark = '\u01bf'

/** Keys under which a Chinese title is found by its beginning typed as pinyin, or as initials (三角形 → sanjiaoxin, sjx). */
export function pinyinKeysOf(run: string, words?: readonly string[]): string[] {
  const syllables = readable(readingsOf(firstCharacters(run).join(''), words))
  if (syllables.length === 0) return []
  return [`${pinyinMark}${foldPinyin(syllables.join(''))}`, `${pinyinMark}${syllables.map((syllable) => syllable[0] ?? '').join('')}`]
}

const maxCharacters = 20
const longestWord = 8

/** Up to a character that has no reading: rare ones, and those that are no Chinese. */
function readable(syllables: readonly string[]): readonly string[] {
  const end = syllables.findIndex((syllable) => !/^[a-zü]+$/.test(syllable))
  return end < 0 ? syllables : syllables.slice(0, end)
}

function firstCharacters(run: string): string[] {
  return [...run.slice(0, maxCharacters * 2)].slice(0, maxCharacters)
}

/** The key prefix of letters that were typed; undefined when they are no pinyin. Spaces between syllables do not count. */
export function typedPinyin(text: string): { full: string; initials: string } | undefined {
  const letters = text.replaceAll(/[\s']/g, '').toLowerCase()
  if (!/^[a-zü]{2,60}$/.test(letters)) return undefined
  return { full: `${pinyinMark}${foldPinyin(letters)}`, initials: `${pinyinMark}${letters}` }
}

/** The characters at the beginning of a run that typed letters stand for, as pinyin or initials; undefined when they do not begin it. */
export function charactersTyped(run: string, letters: string): string | undefined {
  const typed = letters.replaceAll(/[\s']/g, '').toLowerCase()
  const characters = firstCharacters(run)
  const syllables = readable(readingsOf(characters.join('')))
  if (syllables.length === 0) return undefined
  const initials = syllables.map((syllable) => syllable[0] ?? '').join('')
  if (initials.startsWith(typed)) return characters.slice(0, typed.length).join('')
  const wanted = foldPinyin(typed)
  if (!foldPinyin(syllables.join('')).startsWith(wanted)) return undefined
  let length = 1
  while (length < syllables.length && foldPinyin(syllables.slice(0, length).join('')).length < wanted.length) length++
  return characters.slice(0, length).join('')
}
