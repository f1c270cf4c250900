import { type Rewriting, rewrite, tableOf } from './letters.js'

/** The alphabets: Arabic script as used in Xinjiang (without its high hamza), Cyrillic, Latin of 2021. */
const letters: readonly [cyrillic: string, arabic: string, latin: string][] = [
  ['а', 'ا', 'a'],
  ['ә', 'ا', 'ä'],
  ['б', 'ب', 'b'],
  ['в', 'ۆ', 'v'],
  ['г', 'گ', 'g'],
  ['ғ', 'ع', 'ğ'],
  ['д', 'د', 'd'],
  ['е', 'ە', 'e'],
  ['ж', 'ج', 'j'],
  ['з', 'ز', 'z'],
  ['и', 'ي', 'i'],
  ['й', 'ي', 'i'],
  ['к', 'ك', 'k'],
  ['қ', 'ق', 'q'],
  ['л', 'ل', 'l'],
  ['м', 'م', 'm'],
  ['н', 'ن', 'n'],
  ['ң', 'ڭ', 'ñ'],
  ['о', 'و', 'o'],
  ['ө', 'و', 'ö'],
  ['п', 'پ', 'p'],
  ['р', 'ر', 'r'],
  ['с', 'س', 's'],
  ['т', 'ت', 't'],
  ['у', 'ۋ', 'u'],
  ['ұ', 'ۇ', 'ū'],
  ['ү', 'ۇ', 'ü'],
  ['ф', 'ف', 'f'],
  ['х', 'ح', 'h'],
  ['һ', 'ھ', 'h'],
  ['ч', 'چ', 'ch'],
  ['ш', 'ش', 'ş'],
  ['ы', 'ى', 'y'],
  ['і', 'ى', 'ı'],
]
/** Stands for an i behind a vowel, which is a consonant. */
const glide = 'ĭ'
const loans: readonly [cyrillic: string, arabic: string, latin: string][] = [
  ['ё', 'يو', 'io'],
  ['ц', 'تس', 'ts'],
  ['щ', 'شش', 'şş'],
  ['ъ', '', ''],
  ['ь', '', ''],
  ['э', 'ە', 'e'],
  ['ю', 'يۋ', 'iu'],
  ['я', 'يا', 'ia'],
]
const toArabic = tableOf([...letters, ...loans].map(([cyrillic, arabic]): Rewriting => [cyrillic, arabic]))
const toLatin = tableOf([...letters, ...loans].map(([cyrillic, , latin]): Rewriting => [cyrillic, latin]))

/** Letters that the Arabic script writes the same in words with front vowels and in words with back vowels. */
const harmonic = { ا: ['а', 'ә'], و: ['о', 'ө'], ۇ: ['ұ', 'ү'], ى: ['ы', 'і'] } as const
const fixed = letters.filter(([, arabic]) => !(arabic in harmonic) && arabic !== 'ي')
const fromArabic = ([0, 1] as const).map((harmony) =>
  tableOf([
    ...fixed.map(([cyrillic, arabic]): Rewriting => [arabic, cyrillic]),
    ...Object.entries(harmonic).map(([arabic, vowels]): Rewriting => [arabic, vowels[harmony]]),
    ['ي', 'и', 'й'],
    ['ى', harmonic.ى[harmony]],
  ]),
)
const highHamza = /[ٴء]/
const front = /[ەكگ]/
const back = /[قع]/

/** Typed without diacritics: letters that look the same. The vowels of a word are all front or all back ones. */
const ofLatin = letters.filter(([, , latin]) => !'iuaohgn'.includes(latin)).map(([cyrillic, , latin]): Rewriting => [latin, cyrillic])
const shared: readonly Rewriting[] = [...ofLatin, ['sh', 'ш'], ['n', 'н'], ['ng', 'ң', 'нг'], [glide, 'й']]
const fromLatin = {
  front: tableOf([...shared, ['a', 'ә', 'а'], ['o', 'ө', 'о'], ['u', 'ү', 'у'], ['i', 'і', 'и'], ['g', 'г'], ['h', 'һ', 'х']]),
  back: tableOf([...shared, ['a', 'а'], ['o', 'о'], ['u', 'ұ', 'у'], ['i', 'и', 'і'], ['g', 'г', 'ғ'], ['h', 'х', 'һ']]),
}
const frontLatin = /[eäöü]/
const glideLatin = /(?<=[aeouyäöüū])i/g

/** A Kazakh word in Cyrillic in the Arabic script and in Latin letters. Empty for a word of another language. */
export function kazakhFromCyrillic(word: string): string[] {
  return [...rewrite(word, toArabic), ...rewrite(word, toLatin)]
}

/** A Kazakh word of the Arabic script in Cyrillic and in Latin letters: with back or front vowels where it does not tell which. */
export function kazakhFromArabic(word: string): string[] {
  const bare = word.replaceAll(/[ٴء]/g, '')
  // Loans (математика) have vowels of both kinds: only the hamza and the letters of back words are certain.
  const harmonies = highHamza.test(word) ? [1] : back.test(word) ? [0] : front.test(word) ? [1, 0] : [0, 1]
  const cyrillic = harmonies.flatMap((harmony) => rewrite(bare, fromArabic[harmony]!))
  return [...cyrillic, ...cyrillic.slice(0, 2).flatMap((spelling) => rewrite(spelling, toLatin))]
}

/** A Kazakh word in Latin letters (of 2021, also without diacritics) in Cyrillic and in the Arabic script. */
export function kazakhFromLatin(word: string): string[] {
  const cyrillic = rewrite(word.replaceAll(glideLatin, glide), frontLatin.test(word) ? fromLatin.front : fromLatin.back)
  return [...cyrillic, ...cyrillic.slice(0, 2).flatMap((spelling) => rewrite(spelling, toArabic))]
}
