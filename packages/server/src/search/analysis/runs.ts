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
  /** Original start of each UTF-16 unit of `text`, and the end. */
  offsets: readonly number[]
  /** Nothing but a tsheg stands between this syllable and the one before. */
  isJoined: boolean
}

const hanScript = /[\p{Script=Han}]/u
const unspacedScript =
  /[\p{Script=Hiragana}\p{Script=Katakana}\u30fc\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Yi}]/u
const tibetanScript = /\p{Script=Tibetan}/u
const kinds = new Map<string, RunKind>()

/** The runs of a text, in order, after folding. */
export function runsOf(original: string): Run[] {
  const folded = writeNumbersInChinese(fold(original))
  const { text } = folded
  const runs: Run[] = []
  let isAfterTsheg = false
  for (let start = 0; start < text.length; ) {
    const first = characterAt(text, start)
    if (first === separator || first === tsheg) {
      isAfterTsheg = first === tsheg && runs.at(-1)?.kind === 'syllable'
      start += first.length
      continue
    }
    const kind = kindOf(first)
    let end = start + first.length
    while (end < text.length) {
      const next = characterAt(text, end)
      if (next === separator || next === tsheg || kindOf(next) !== kind) break
      end += next.length
    }
    runs.push(runBetween(folded, kind, start, end, isAfterTsheg))
    isAfterTsheg = false
    start = end
  }
  return runs
}

function runBetween(folded: FoldedText, kind: RunKind, start: number, end: number, isJoined: boolean): Run {
  const offsets = folded.offsets.slice(start, end + 1)
  return {
    kind,
    text: folded.text.slice(start, end),
    start: offsets[0]!,
    end: offsets.at(-1)!,
    offsets,
    isJoined: isJoined && kind === 'syllable',
  }
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at)!)
}

function kindOf(character: string): RunKind {
  let kind = kinds.get(character)
  if (!kind) {
    if (hanScript.test(character)) kind = 'han'
    else if (unspacedScript.test(character)) kind = 'characters'
    else kind = tibetanScript.test(character) ? 'syllable' : 'word'
    if (character.length === 1) kinds.set(character, kind)
  }
  return kind
}
