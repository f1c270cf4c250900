import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { DictionaryWord } from './dictionary/read-dictionary.js'

/** Cuts a run of Chinese characters into words. */
export interface ChineseSegmenter {
  cut(text: string, hmm?: boolean): string[]
  cutForSearch(text: string, hmm?: boolean): string[]
}

const require = createRequire(import.meta.url)
/** Intl.Segmenter is slower than linear on long texts. */
const pieceLength = 500

/**
 * The segmenter of this platform, jieba with its dictionary, else the runtime's own, with further words.
 *
 * In search mode a further word also gives what it is cut into without it: whoever asks for a part of it still finds it.
 */
export function createChineseSegmenter(further: readonly DictionaryWord[] = []): ChineseSegmenter {
  const jieba = loadJieba()
  const general = jieba ?? createRuntimeSegmenter()
  if (further.length === 0) return general
  const parts = new Map(further.map(({ word }) => [word, general.cutForSearch(word, false).filter((part) => part !== word)]))
  jieba?.loadDict(Buffer.from(further.map(({ word, weight }) => `${word} ${weight} n\n`).join('')))
  const whole = jieba ?? keepingWhole(general, new Set(parts.keys()))
  return {
    cut: (text, hmm) => whole.cut(text, hmm),
    cutForSearch(text, hmm) {
      const words: string[] = []
      for (const word of whole.cutForSearch(text, hmm)) {
        const inside = parts.get(word)
        if (inside) words.push(...inside)
        words.push(word)
      }
      return words
    },
  }
}

function loadJieba() {
  try {
    const { Jieba } = require('@node-rs/jieba') as typeof import('@node-rs/jieba')
    // Not by its module `dict`, which would hold the text of the dictionary for good.
    return Jieba.withDict(readFileSync(join(dirname(require.resolve('@node-rs/jieba/package.json')), 'dict.txt')))
  } catch {
    // jieba is a native module and has no build for some platforms.
    return undefined
  }
}

const longestWord = 24

/** Takes the longest of the words wherever one begins, and leaves the rest to a segmenter. */
export function keepingWhole(segmenter: ChineseSegmenter, words: ReadonlySet<string>): ChineseSegmenter {
  const cutBy = (text: string, cutRest: (rest: string) => string[]) => {
    const pieces: string[] = []
    let rest = 0
    for (let at = 0; at < text.length; ) {
      let length = Math.min(longestWord, text.length - at)
      while (length > 1 && !words.has(text.slice(at, at + length))) length--
      if (length > 1) {
        if (rest < at) pieces.push(...cutRest(text.slice(rest, at)))
        pieces.push(text.slice(at, at + length))
        rest = at + length
      }
      at += length
    }
    return rest < text.length ? [...pieces, ...cutRest(text.slice(rest))] : pieces
  }
  return {
    cut: (text, hmm) => cutBy(text, (rest) => segmenter.cut(rest, hmm)),
    cutForSearch: (text, hmm) => cutBy(text, (rest) => segmenter.cutForSearch(rest, hmm)),
  }
}

/** Words by the runtime's own dictionary, used where jieba cannot be loaded. */
function createRuntimeSegmenter(): ChineseSegmenter {
  const runtime = new Intl.Segmenter('zh', { granularity: 'word' })
  const cut = (text: string) => {
    const words: string[] = []
    const characters = [...text]
    for (let at = 0; at < characters.length; at += pieceLength) {
      for (const { segment } of runtime.segment(characters.slice(at, at + pieceLength).join(''))) words.push(segment)
    }
    return words
  }
  return {
    cut,
    cutForSearch: (text) => cut(text).flatMap((word) => (word.length > 2 ? [...pairs(word), word] : [word])),
  }
}

function pairs(word: string): string[] {
  const characters = [...word]
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}
