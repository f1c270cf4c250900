import { fold } from '../fold.js'
import { kazakhFromArabic, kazakhFromCyrillic, kazakhFromLatin } from './kazakh.js'
import { maxSpellings } from './letters.js'
import { mongolianFromCyrillic, mongolianFromTraditional } from './mongolian.js'
import { uyghurFromArabic, uyghurFromCyrillic, uyghurFromLatin } from './uyghur.js'

const longestWord = 40
const apostrophes = /[\u2018\u2019\u02bb\u02bc\u2032`]/g

/**
 * The same word in the other scripts of Uyghur, Kazakh and Mongolian, folded as the index has it; several where a script says less than
 * the other. Empty for words that none of these languages can write. Never more than 24.
 *
 * @param word - As it was typed: diacritics and apostrophes tell spellings apart.
 */
export function scriptVariants(word: string): readonly string[] {
  if (word.length > longestWord) return []
  let variants = known.get(word)
  if (!variants) {
    variants = findVariants(word)
    if (known.size >= maxKnown) known.clear()
    known.set(word, variants)
  }
  return variants
}

/** Most words are typed again and again. */
const known = new Map<string, readonly string[]>()
const maxKnown = 5_000

function findVariants(word: string): string[] {
  const typed = word.normalize('NFC').toLowerCase().replaceAll('\u0640', '').replaceAll(apostrophes, "'")
  const spellings = new Set(spellingsOf(typed).map(foldedWord))
  spellings.delete('')
  spellings.delete(foldedWord(typed))
  return [...spellings].slice(0, maxSpellings * 2)
}

function spellingsOf(word: string): string[] {
  if (/^[\p{Script=Arabic}']+$/u.test(word))
    return [...uyghurFromArabic(withUyghurLetters(word)), ...kazakhFromArabic(withUyghurLetters(word))]
  if (/^[\p{Script=Cyrillic}']+$/u.test(word))
    return [...uyghurFromCyrillic(word), ...kazakhFromCyrillic(word), ...mongolianFromCyrillic(word)]
  if (/^[\p{Script=Latin}']{3,}$/u.test(word)) return [...uyghurFromLatin(word), ...kazakhFromLatin(word)]
  if (/^\p{Script=Mongolian}+$/u.test(word)) return mongolianFromTraditional(word)
  return []
}

/** Keyboards write the same letters with different code points. */
function withUyghurLetters(word: string): string {
  return word
    .replaceAll(/[\u0647\u06c1](?=.)/gu, '\u06be')
    .replaceAll(/[\u0647\u06c1]$/gu, '\u06d5')
    .replaceAll('\u06cc', '\u0649')
    .replaceAll('\u06a9', '\u0643')
}

function foldedWord(text: string): string {
  const { text: folded } = fold(text)
  return folded.includes(' ') ? '' : folded
}
