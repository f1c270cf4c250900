import { writeNumbersInChinese } from './chinese-numbers.js'
import { type FoldedText, fold } from './fold.js'
import { separator, tsheg } from './fold-character.js'

/**
 * `word`: letters and digits of a script that writes words apart; `han`: Chinese characters; `characters`: other scripts
 * that write words together (kana, Thai, Yi …); `syllable`: one Tibetan syllable.
 */
export type RunKind = 'word' | 'han' | 'characters' | 'syllable'

/** A stretch of folded text in one way of writing. `start` and `end` are positions in the original text. */
export interface Run {
  kind: RunKind
  text: string
  start: number
  end: number
  /** Original start of each UTF-16 unit of the whole folded text, and the end. */
  offsets: readonly number[]
  /** Where `text` begins in the folded text. */
  from: number
  /** Nothing but a tsheg stands between this syllable and the one before. */
  isJoined: boolean
}

const hanScript = /[\p{Script=Han}]/u
const unspacedScript =
  /[\p{Script=Hiragana}\p{Script=Katakana}\u30fc\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Yi}]/u
const space = separator.charCodeAt(0)
const syllableMark = tsheg.charCodeAt(0)
const tibetanScript = /\p{Script=Tibetan}/u
/** By code point of the first plane; filled as texts come. */
const kinds = new Array<RunKind | undefined>(0x10000)

/** The runs of a text, in order, after folding. */
export function runsOf(original: string): Run[] {
  const folded = writeNumbersInChinese(fold(original))
  const { text } = folded
  const runs: Run[] = []
  let isAfterTsheg = false
  for (let start = 0; start < text.length; ) {
    const first = text.codePointAt(start)!
    if (first === space || first === syllableMark) {
      isAfterTsheg = first === syllableMark && runs.at(-1)?.kind === 'syllable'
      start++
      continue
    }
    const kind = kindOf(first)
    let end = start + unitsOf(first)
    while (end < text.length) {
      const next = text.codePointAt(end)!
      if (next === space || next === syllableMark || kindOf(next) !== kind) break
      end += unitsOf(next)
    }
    runs.push(runBetween(folded, kind, start, end, isAfterTsheg))
    isAfterTsheg = false
    start = end
  }
  return runs
}

function runBetween(folded: FoldedText, kind: RunKind, start: number, end: number, isJoined: boolean): Run {
  const { text, offsets } = folded
  return {
    kind,
    text: text.slice(start, end),
    start: offsets[start]!,
    end: offsets[end]!,
    offsets,
    from: start,
    isJoined: isJoined && kind === 'syllable',
  }
}

function unitsOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1
}

function kindOf(codePoint: number): RunKind {
  if (codePoint > 0xffff) return findKind(codePoint)
  kinds[codePoint] ??= findKind(codePoint)
  return kinds[codePoint]
}

function findKind(codePoint: number): RunKind {
  const character = String.fromCodePoint(codePoint)
  if (hanScript.test(character)) return 'han'
  if (unspacedScript.test(character)) return 'characters'
  return tibetanScript.test(character) ? 'syllable' : 'word'
}
