import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Cuts a run of Chinese characters into words. */
export interface ChineseSegmenter {
  cut(text: string, hmm?: boolean): string[]
  cutForSearch(text: string, hmm?: boolean): string[]
}

const require = createRequire(import.meta.url)
/** Intl.Segmenter is slower than linear on long texts. */
const pieceLength = 500

/** The segmenter of this platform: jieba with its dictionary, else the runtime's own. */
export function createChineseSegmenter(): ChineseSegmenter {
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
