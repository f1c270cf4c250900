import { simplifiedOnly, traditionalOnly } from './han-variants.js'

/** How many letters of each script a text has; `sample` bounds the cost. */
export interface ScriptCounts {
  Arab: number
  Cyrl: number
  Hang: number
  Hani: number
  Kana: number
  Latn: number
  Mong: number
  Tibt: number
  Yiii: number
  other: number
}

const sample = 2000
const ranges: readonly [from: number, to: number, script: keyof ScriptCounts][] = [
  [0x41, 0x5a, 'Latn'],
  [0x61, 0x7a, 'Latn'],
  [0xc0, 0x24f, 'Latn'],
  [0x400, 0x52f, 'Cyrl'],
  [0x620, 0x6d5, 'Arab'],
  [0x6ee, 0x6ff, 'Arab'],
  [0x750, 0x77f, 'Arab'],
  [0xf00, 0xfff, 'Tibt'],
  [0x1820, 0x18aa, 'Mong'],
  [0x1e00, 0x1eff, 'Latn'],
  [0x3041, 0x30ff, 'Kana'],
  [0x1100, 0x11ff, 'Hang'],
  [0xac00, 0xd7a3, 'Hang'],
  [0x3400, 0x4dbf, 'Hani'],
  [0x4e00, 0x9fff, 'Hani'],
  [0xf900, 0xfaff, 'Hani'],
  [0x20000, 0x323af, 'Hani'],
  [0xa000, 0xa4cf, 'Yiii'],
  [0xfb50, 0xfdff, 'Arab'],
  [0xfe70, 0xfefc, 'Arab'],
]

export function countScripts(text: string): ScriptCounts {
  const counts: ScriptCounts = { Arab: 0, Cyrl: 0, Hang: 0, Hani: 0, Kana: 0, Latn: 0, Mong: 0, Tibt: 0, Yiii: 0, other: 0 }
  for (const character of text.slice(0, sample)) {
    const code = character.codePointAt(0) ?? 0
    const range = ranges.find(([from, to]) => code >= from && code <= to)
    if (range) counts[range[2]] += 1
    else if (/\p{Letter}/u.test(character)) counts.other += 1
  }
  return counts
}

/** The script that most letters of a text are of; undefined for a text without letters. */
export function mainScript(text: string): keyof ScriptCounts | undefined {
  const ordered = Object.entries(countScripts(text)).sort((a, b) => b[1] - a[1])
  const first = ordered[0]
  return first && first[1] > 0 ? (first[0] as keyof ScriptCounts) : undefined
}

/** Hans or Hant by characters that only one of the two has; undefined when nothing, or as much, speaks for both. */
export function hanVariant(text: string): 'Hans' | 'Hant' | undefined {
  let balance = 0
  for (const character of text.slice(0, sample)) {
    if (simplifiedOnly.has(character)) balance += 1
    else if (traditionalOnly.has(character)) balance -= 1
  }
  if (balance === 0) return undefined
  return balance > 0 ? 'Hans' : 'Hant'
}
