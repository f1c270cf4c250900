import { type Rewriting, rewrite, tableOf } from './letters.js'

/**
 * Between Cyrillic and the traditional script letter by letter. The traditional orthography is older than the pronunciation that
 * Cyrillic writes, so a table carries regular words only: long vowels (аа ↔ ᠠᠭᠠ), final vowels and н. It does not carry historical
 * spellings (сайн ↔ ᠰᠠᠶᠢᠨ, in which vowels were lost or moved), loans with Galik letters, nor case suffixes, which the traditional script
 * writes apart.
 */
const consonants: readonly [cyrillic: string, traditional: string][] = [
  ['б', 'ᠪ'],
  ['в', 'ᠪ'],
  ['г', 'ᠭ'],
  ['д', 'ᠳ'],
  ['ж', 'ᠵ'],
  ['з', 'ᠵ'],
  ['й', 'ᠶ'],
  ['к', 'ᠺ'],
  ['л', 'ᠯ'],
  ['м', 'ᠮ'],
  ['н', 'ᠨ'],
  ['п', 'ᠫ'],
  ['р', 'ᠷ'],
  ['с', 'ᠰ'],
  ['т', 'ᠲ'],
  ['ф', 'ᠹ'],
  ['х', 'ᠬ'],
  ['ц', 'ᠴ'],
  ['ч', 'ᠴ'],
  ['ш', 'ᠱ'],
]
const toTraditional = tableOf([
  ...consonants.map(([cyrillic, traditional]): Rewriting => [cyrillic, traditional]),
  ['ш', 'ᠰ', 'ᠱ'],
  ['нг', 'ᠩ'],
  ['а', 'ᠠ'],
  ['э', 'ᠡ'],
  ['и', 'ᠢ'],
  ['о', 'ᠣ'],
  ['у', 'ᠤ'],
  ['ө', 'ᠥ'],
  ['ү', 'ᠦ'],
  ['аа', 'ᠠᠭᠠ'],
  ['ээ', 'ᠡᠭᠡ'],
  ['ий', 'ᠢ', 'ᠢᠶᠢ'],
  ['оо', 'ᠣᠭᠠ', 'ᠣᠭᠣ'],
  ['уу', 'ᠠᠭᠤ', 'ᠤᠭᠤ'],
  ['өө', 'ᠥᠭᠡ'],
  ['үү', 'ᠡᠭᠦ', 'ᠦᠭᠦ'],
  ['ай', 'ᠠᠢ'],
  ['эй', 'ᠡᠢ'],
  ['ой', 'ᠣᠢ'],
  ['уй', 'ᠤᠢ'],
  ['үй', 'ᠦᠢ'],
  ['е', 'ᠶᠡ'],
  ['ё', 'ᠶᠣ'],
  ['я', 'ᠶᠠ'],
  ['ю', 'ᠶᠤ'],
  ['ь', 'ᠢ', ''],
])
const toCyrillic = tableOf([
  ...consonants.filter(([cyrillic]) => !'взцк'.includes(cyrillic)).map(([cyrillic, traditional]): Rewriting => [traditional, cyrillic]),
  ['ᠪ', 'б', 'в'],
  ['ᠵ', 'ж', 'з'],
  ['ᠴ', 'ч', 'ц'],
  ['ᠺ', 'к'],
  ['ᠸ', 'в'],
  ['ᠩ', 'н', 'нг'],
  ['ᠠ', 'а'],
  ['ᠡ', 'э'],
  ['ᠢ', 'и'],
  ['ᠣ', 'о'],
  ['ᠤ', 'у'],
  ['ᠥ', 'ө'],
  ['ᠦ', 'ү'],
  ['ᠠᠭᠠ', 'аа'],
  ['ᠡᠭᠡ', 'ээ'],
  ['ᠣᠭᠠ', 'оо'],
  ['ᠣᠭᠣ', 'оо'],
  ['ᠠᠭᠤ', 'уу'],
  ['ᠤᠭᠤ', 'уу'],
  ['ᠥᠭᠡ', 'өө'],
  ['ᠡᠭᠦ', 'үү'],
  ['ᠦᠭᠦ', 'үү'],
  ['ᠠᠢ', 'ай'],
  ['ᠡᠢ', 'эй'],
  ['ᠣᠢ', 'ой'],
  ['ᠤᠢ', 'уй'],
  ['ᠦᠢ', 'үй'],
])

/** A Mongolian word in Cyrillic in the traditional script. Endings may differ: to be looked up as the beginning of a word. */
export function mongolianFromCyrillic(word: string): string[] {
  return rewrite(word, toTraditional)
}

/** A Mongolian word of the traditional script in Cyrillic, with and without the short vowel at its end that Cyrillic does not write. */
export function mongolianFromTraditional(word: string): string[] {
  return [word, ...(/[^ᠠᠡᠢᠣᠤᠥᠦ][ᠠᠡᠢᠣᠤᠥᠦ]$/u.test(word) ? [word.slice(0, -1)] : [])].flatMap((one) => rewrite(one, toCyrillic))
}
