import { foldCharacter, isIgnorable, separator } from './fold-character.js'

/** A text in the form in which it is compared, with the way back to where each part of it stood. */
export interface FoldedText {
  text: string
  /** For each UTF-16 unit of `text` the position in the original that it comes from, and one more for the end. */
  offsets: number[]
}

const mark = /\p{M}/u
const jamo = (unit: number) => unit >= 0x1160 && unit <= 0x11ff
/** Longer heaps of marks are folded in pieces, so that normalising them stays cheap. */
const maxMarks = 8
const apostrophes = new Set([0x27, 0x60, 0x2bb, 0x2bc, 0x2018, 0x2019, 0x2032, 0xff07])
const mongolian = (unit: number) => unit >= 0x1820 && unit <= 0x18aa
const narrowSpace = 0x202f

/** By UTF-16 unit; filled as texts come. */
const foldedUnits = new Array<string | undefined>(0x10000)
const extending = new Int8Array(0x10000)

/**
 * Folds a text for matching. Linear in the length of the text; never throws, whatever the text holds.
 *
 * Letters and digits stay, everything else becomes a space. See {@link foldCharacter} for what is folded.
 */
export function fold(original: string): FoldedText {
  let text = ''
  const offsets: number[] = []
  for (let start = 0; start < original.length; ) {
    const unit = original.charCodeAt(start)
    const end = clusterEnd(original, start)
    let folded: string
    if (unit === narrowSpace && isMongolianSuffix(original, start)) {
      // A case suffix hangs on its word by a narrow space; the word is found without it.
      start = skipMongolian(original, end)
      continue
    }
    if (apostrophes.has(unit)) folded = isInsideWord(text, original, end) ? '' : separator
    else folded = foldCluster(original, start, end)
    if (folded.length === 1) offsets.push(start)
    else for (let i = 0; i < folded.length; i++) offsets.push(start)
    text += folded
    start = end
  }
  offsets.push(original.length)
  return { text, offsets }
}

function clusterEnd(text: string, start: number): number {
  let end = start + unitsAt(text, start)
  for (let count = 0; end < text.length && count < maxMarks; count++) {
    if (!extendsCluster(text, end)) break
    end += unitsAt(text, end)
  }
  return end
}

function unitsAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  if (unit < 0xd800 || unit > 0xdbff || at + 1 >= text.length) return 1
  const next = text.charCodeAt(at + 1)
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1
}

function extendsCluster(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  if (unit < 0xad) return false
  if (extending[unit] === 0) {
    const character = String.fromCharCode(unit)
    extending[unit] = mark.test(character) || jamo(unit) || isIgnorable(character) ? 1 : -1
  }
  return extending[unit] === 1
}

function foldCluster(text: string, start: number, end: number): string {
  if (end - start > 1) {
    let cluster = ''
    for (const character of text.slice(start, end)) if (!isIgnorable(character)) cluster += character
    return foldCharacter(cluster)
  }
  const unit = text.charCodeAt(start)
  foldedUnits[unit] ??= foldCharacter(text[start]!)
  return foldedUnits[unit]
}

/** teacher's stays one word, l'eau becomes two. */
function isInsideWord(before: string, original: string, next: number): boolean {
  const last = before.length - 1
  if (last < 1 || before[last] === separator || before[last - 1] === separator || next >= original.length) return false
  const following = foldCluster(original, next, clusterEnd(original, next))
  return following !== '' && following !== separator
}

function isMongolianSuffix(text: string, at: number): boolean {
  if (!mongolian(text.charCodeAt(at + 1))) return false
  let before = at - 1
  while (before >= 0 && isIgnorable(text[before]!)) before--
  return before >= 0 && mongolian(text.charCodeAt(before))
}

function skipMongolian(text: string, from: number): number {
  let at = from
  while (at < text.length && (mongolian(text.charCodeAt(at)) || isIgnorable(text[at]!))) at++
  return at
}
