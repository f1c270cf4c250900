import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

interface Segmenter {
  cut(text: string, hmm?: boolean): string[]
  cutForSearch(text: string, hmm?: boolean): string[]
}

const require = createRequire(import.meta.url)
/** Intl.Segmenter is slower than linear on long texts. */
const pieceLength = 500

/** Editions, grades, lessons and kinds of material stand in thousands of titles: their words are kept. */
const repeated = new Map<string, readonly string[]>()
const maxRepeated = 20_000
const maxRepeatedLength = 8

let segmenter: Segmenter | undefined

/**
 * The words of a run of Chinese characters, for the index: long words also give the shorter words inside them
 * (一元二次方程 → 一元, 二次, 方程, 一元二次方程).
 */
export function cutForIndex(run: string): readonly string[] {
  if (run.length === 1) return [run]
  segmenter ??= createSegmenter()
  if (run.length > maxRepeatedLength) return segmenter.cutForSearch(run, false)
  let words = repeated.get(run)
  if (!words) {
    words = segmenter.cutForSearch(run, false)
    if (repeated.size >= maxRepeated) repeated.clear()
    repeated.set(run, words)
  }
  return words
}

/** The words of a run of Chinese characters without overlaps, for a query. */
export function cutForQuery(run: string): string[] {
  if (run.length === 1) return [run]
  segmenter ??= createSegmenter()
  return segmenter.cut(run, false)
}

/** True when words come from the jieba dictionary, false when the platform has only the runtime's own segmenter. */
export function hasDictionary(): boolean {
  segmenter ??= createSegmenter()
  return !('locale' in segmenter)
}

function createSegmenter(): Segmenter {
  try {
    const { Jieba } = require('@node-rs/jieba') as typeof import('@node-rs/jieba')
    // Not by its module `dict`, which would hold the text of the dictionary for good.
    return Jieba.withDict(readFileSync(join(dirname(require.resolve('@node-rs/jieba/package.json')), 'dict.txt')))
  } catch {
    // jieba is a native module and has no build for some platforms.
    return createRuntimeSegmenter()
  }
}

/** Words by the runtime's own dictionary, used where jieba cannot be loaded. */
export function createRuntimeSegmenter(): Segmenter & { locale: string } {
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
    locale: 'zh',
    cut,
    cutForSearch: (text) => cut(text).flatMap((word) => (word.length > 2 ? [...pairs(word), word] : [word])),
  }
}

function pairs(word: string): string[] {
  const characters = [...word]
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}
