import { createChineseSegmenter } from '../chinese-segmenter.js'
import { perDictionary } from '../dictionary/dictionary.js'

const segmenter = perDictionary(({ words }) => createChineseSegmenter(words))
/** Editions, grades, lessons and kinds of material stand in thousands of titles: their words are kept. */
const repeatedRuns = perDictionary(() => new Map<string, readonly string[]>())
const maxRepeated = 20_000
const maxRepeatedLength = 8

/**
 * The words of a run of Chinese characters, for the index: long words also give the shorter words inside them
 * (一元二次方程 → 一元, 二次, 方程, 一元二次方程).
 */
export function cutForIndex(run: string): readonly string[] {
  if (run.length === 1) return [run]
  if (run.length > maxRepeatedLength) return segmenter().cutForSearch(run, false)
  const repeated = repeatedRuns()
  let words = repeated.get(run)
  if (!words) {
    words = segmenter().cutForSearch(run, false)
    if (repeated.size >= maxRepeated) repeated.clear()
    repeated.set(run, words)
  }
  return words
}

/** The words of a run of Chinese characters without overlaps, for a query. */
export function cutForQuery(run: string): string[] {
  if (run.length === 1) return [run]
  return segmenter().cut(run, false)
}
