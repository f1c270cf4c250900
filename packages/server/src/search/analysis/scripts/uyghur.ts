import { type Rewriting, rewrite, tableOf } from './letters.js'

const consonants: readonly [arabic: string, latin: string, cyrillic: string][] = [
  ['ب', 'b', 'б'],
  ['پ', 'p', 'п'],
  ['ت', 't', 'т'],
  ['ج', 'j', 'җ'],
  ['چ', 'ch', 'ч'],
  ['خ', 'x', 'х'],
  ['د', 'd', 'д'],
  ['ر', 'r', 'р'],
  ['ز', 'z', 'з'],
  ['ژ', 'zh', 'ж'],
  ['س', 's', 'с'],
  ['ش', 'sh', 'ш'],
  ['غ', 'gh', 'ғ'],
  ['ف', 'f', 'ф'],
  ['ق', 'q', 'қ'],
  ['ك', 'k', 'к'],
  ['گ', 'g', 'г'],
  ['ڭ', 'ng', 'ң'],
  ['ل', 'l', 'л'],
  ['م', 'm', 'м'],
  ['ن', 'n', 'н'],
  ['ھ', 'h', 'һ'],
  ['ۋ', 'w', 'в'],
  ['ي', 'y', 'й'],
]
const vowels: readonly [arabic: string, latin: string, cyrillic: string][] = [
  ['ا', 'a', 'а'],
  ['ە', 'e', 'ә'],
  ['و', 'o', 'о'],
  ['ۇ', 'u', 'у'],
  ['ۆ', 'ö', 'ө'],
  ['ۈ', 'ü', 'ү'],
  ['ې', 'é', 'е'],
  ['ى', 'i', 'и'],
]
const letters = [...consonants, ...vowels]
const hamza = 'ئ'
const arabicVowel = vowels.map(([arabic]) => arabic).join('')
const hiatus = new RegExp(`(?<=^|[${arabicVowel}'])(?=[${arabicVowel}])`, 'g')

const toLatin = tableOf([...letters.map(([arabic, latin]): Rewriting => [arabic, latin]), ["'", "'"]])
const toCyrillic = tableOf([...letters.map(([arabic, , cyrillic]): Rewriting => [arabic, cyrillic]), ['يۇ', 'ю', 'йу'], ['يا', 'я', 'йа']])
const fromCyrillic = tableOf([
  ...letters.map(([arabic, , cyrillic]): Rewriting => [cyrillic, arabic]),
  ["'", "'"],
  ['ю', 'يۇ'],
  ['я', 'يا'],
  ['э', 'ې'],
  ['ц', 'تس'],
  ['ё', 'يو'],
])
/** Typed without diacritics a Latin vowel stands for two. */
const fromLatin = tableOf([
  ...letters.filter(([, latin]) => !'ou'.includes(latin) && latin !== 'e').map(([arabic, latin]): Rewriting => [latin, arabic]),
  ['e', 'ە', 'ې'],
  ['o', 'و', 'ۆ'],
  ['u', 'ۇ', 'ۈ'],
  ['ë', 'ې'],
  ["'", "'"],
  ["n'gh", 'نغ'],
  ["n'g", 'نگ'],
  ["s'h", 'سھ'],
  ["g'h", 'گھ'],
])

/** A Uyghur word of the Arabic script in Latin letters (ULY) and in Cyrillic. Empty for a word of another language. */
export function uyghurFromArabic(word: string): string[] {
  const plain = word.replaceAll(hamza, (_, at: number) => (at === 0 || word.endsWith(hamza, at) ? '' : "'"))
  return [...rewrite(plain, toLatin), ...rewrite(plain.replaceAll("'", ''), toCyrillic)]
}

/** A Uyghur word in Latin letters (ULY, also without its diacritics) in the Arabic script and in Cyrillic, where it is unambiguous. */
export function uyghurFromLatin(word: string): string[] {
  const arabic = rewrite(word, fromLatin)
  const cyrillic = arabic.slice(0, 2).flatMap((spelling) => rewrite(spelling.replaceAll("'", ''), toCyrillic))
  return [...arabic.map(withHamza), ...cyrillic]
}

/** A Uyghur word in Cyrillic in the Arabic script and in Latin letters. */
export function uyghurFromCyrillic(word: string): string[] {
  return rewrite(word, fromCyrillic).flatMap((spelling) => [withHamza(spelling), ...rewrite(spelling.replaceAll("'", ''), toLatin)])
}

/** A vowel at the beginning of a word, behind another vowel or behind an apostrophe is written on a hamza. */
function withHamza(spelling: string): string {
  return spelling.replaceAll(hiatus, hamza).replaceAll("'", '')
}
