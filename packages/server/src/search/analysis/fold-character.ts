import { simplify } from './simplify.js'

/** Stands for anything that separates words. */
export const separator = ' '
/** Stands between the syllables of one Tibetan word. */
export const tsheg = '\u0f0b'

const letterFolds = new Map(
  Object.entries({
    ё: 'е',
    ß: 'ss',
    ı: 'i',
    ø: 'o',
    ł: 'l',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    æ: 'ae',
    œ: 'oe',
    ς: 'σ',
    // Arabic script: Uyghur, Kazakh and Persian keyboards write the same letter with different code points.
    '\u06d5': 'ه',
    '\u06be': 'ه',
    '\u06c1': 'ه',
    '\u06c3': 'ه',
    '\u0629': 'ه',
    '\u06c0': 'ه',
    '\u0649': 'ي',
    '\u06cc': 'ي',
    '\u0643': 'ک',
    '\u0623': 'ا',
    '\u0625': 'ا',
    '\u0622': 'ا',
    '\u0671': 'ا',
    // Kazakh high hamza: written or left out at will.
    '\u0674': '',
    // Tibetan tsheg that does not break a line.
    '\u0f0c': tsheg,
  }),
)

const droppedMark = /(?=\p{M})[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}\p{Script=Mongolian}]/u
const ignorable = /[\p{Cf}\p{Variation_Selector}\u0640\u180e]/u
const partOfWord = /[\p{L}\p{M}\p{N}]/u
const decomposable = /[\p{Script=Latin}\p{Script=Greek}]/u
const han = /\p{Script=Han}/u
const otherDigit = /\p{Nd}/u

/** True for characters that leave no trace in a term: format characters, tatweel, Mongolian variation selectors. */
export function isIgnorable(character: string): boolean {
  return ignorable.test(character)
}

/**
 * The form in which a character with its combining marks is compared: compatibility forms, case, diacritics, traditional
 * characters, letter variants and digits folded; a space for everything that is not part of a word; empty when it is dropped.
 */
export function foldCharacter(cluster: string): string {
  let folded = cluster
  // Some foldings open the way for another one (ẞ → ß → ss).
  for (let round = 0; round < 4; round++) {
    const next = foldOnce(folded)
    if (next === folded) break
    folded = next
  }
  return folded
}

function foldOnce(cluster: string): string {
  let text = cluster.normalize('NFKC').toLowerCase().normalize('NFKC')
  if (decomposable.test(text)) text = text.normalize('NFD')
  let folded = ''
  for (const character of text) folded += foldCodePoint(character)
  return folded
}

function foldCodePoint(character: string): string {
  const letter = letterFolds.get(character)
  if (letter !== undefined) return letter
  if (character === tsheg) return tsheg
  if (droppedMark.test(character) || isIgnorable(character)) return ''
  if (han.test(character)) return simplify(character)
  if (otherDigit.test(character)) return digitOf(character)
  return partOfWord.test(character) ? character : separator
}

/** Decimal digits of every script stand in blocks of ten from zero to nine. */
function digitOf(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0
  let zero = codePoint
  while (codePoint - zero < 9 && otherDigit.test(String.fromCodePoint(zero - 1))) zero--
  return String((codePoint - zero) % 10)
}
