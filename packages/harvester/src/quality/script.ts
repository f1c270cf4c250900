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

const sample = 1000
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
  [0xa000, 0xa4cf, 'Yiii'],
  [0xfb50, 0xfdff, 'Arab'],
  [0xfe70, 0xfefc, 'Arab'],
]

const names = ['Arab', 'Cyrl', 'Hang', 'Hani', 'Kana', 'Latn', 'Mong', 'Tibt', 'Yiii', 'other'] as const
const isOther = names.indexOf('other') + 1

/** For each UTF-16 unit the number of its script, from 1; 0 for what is no letter. */
const scriptOf = new Uint8Array(0x10000)
for (let code = 0; code < 0x10000; code++) if (/\p{Letter}/u.test(String.fromCharCode(code))) scriptOf[code] = isOther
for (const [from, to, script] of ranges) scriptOf.fill(names.indexOf(script) + 1, from, to + 1)
// The high surrogates of planes 2 and 3 hold Han characters.
scriptOf.fill(names.indexOf('Hani') + 1, 0xd840, 0xd8cd)

const hanSide = new Int8Array(0x10000)
for (const character of simplifiedOnly) hanSide[character.charCodeAt(0)] = 1
for (const character of traditionalOnly) hanSide[character.charCodeAt(0)] = -1

const counts = new Uint32Array(names.length + 1)

export function countScripts(text: string): ScriptCounts {
  counts.fill(0)
  const length = Math.min(text.length, sample)
  for (let index = 0; index < length; index++) counts[scriptOf[text.charCodeAt(index)] ?? 0]!++
  const [, Arab = 0, Cyrl = 0, Hang = 0, Hani = 0, Kana = 0, Latn = 0, Mong = 0, Tibt = 0, Yiii = 0, other = 0] = counts
  return { Arab, Cyrl, Hang, Hani, Kana, Latn, Mong, Tibt, Yiii, other }
}

/** The script that most letters of a text are of; undefined for a text without letters. */
export function mainScript(text: string): keyof ScriptCounts | undefined {
  return largest(countScripts(text))
}

/** The script with the highest count; undefined when all are zero. */
export function largest(counts: ScriptCounts): keyof ScriptCounts | undefined {
  let best: keyof ScriptCounts | undefined
  for (const name of names) if (counts[name] > (best === undefined ? 0 : counts[best])) best = name
  return best
}

/** Hans or Hant by characters that only one of the two has; undefined when nothing, or as much, speaks for both. */
export function hanVariant(text: string): 'Hans' | 'Hant' | undefined {
  const length = Math.min(text.length, sample)
  let balance = 0
  for (let index = 0; index < length; index++) balance += hanSide[text.charCodeAt(index)] ?? 0
  if (balance === 0) return undefined
  return balance > 0 ? 'Hans' : 'Hant'
}
