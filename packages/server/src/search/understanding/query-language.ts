import type { PreferredLanguage } from '../analysis/index.js'

/** What a resource in the language that was typed, and in the reader's language, is worth more. */
const typedWorth = 1.5
const readerWorth = 1

const cyrillic = 'абвгдежзийклмнопрстуфхцчшщъыьэюяё'
/** Alphabets of the languages that share a script, by primary subtag; the first in which a text can be written is the likeliest. */
const alphabets: readonly [script: RegExp, languages: readonly (readonly [language: string, letters: string])[]][] = [
  [/\p{Script=Han}/u, [['zh', '']]],
  [/\p{Script=Tibetan}/u, [['bo', '']]],
  [/\p{Script=Mongolian}/u, [['mn', '']]],
  [/\p{Script=Hangul}/u, [['ko', '']]],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, [['ja', '']]],
  [/\p{Script=Yi}/u, [['ii', '']]],
  [
    /\p{Script=Cyrillic}/u,
    [
      ['ru', cyrillic],
      ['mn', `${cyrillic}өү`],
      ['kk', `${cyrillic}әғқңөұүһі`],
      ['ky', `${cyrillic}ңөү`],
      ['uz', `${cyrillic}ғқҳў`],
      ['tg', `${cyrillic}ғӣқӯҳҷ`],
      ['ug', `${cyrillic}әғҗқңөүһ`],
    ],
  ],
  [
    /\p{Script=Arabic}/u,
    [
      ['ug', 'ئاەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىيە'],
      ['kk', 'ابپتجچحدرزسشعفقكگڭلمنوۇۆۋەىيھٴء'],
      ['ar', 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي'],
      ['fa', 'ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیۀ'],
      ['ur', 'ءآأؤئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھیے'],
    ],
  ],
  [
    /\p{Script=Latin}/u,
    [
      ['en', 'abcdefghijklmnopqrstuvwxyz'],
      ['ug', 'abcdefghijklmnopqrstuwxyzéöüë'],
      ['kk', 'abdefghijklmnopqrstuvyzäöüūğñşı'],
    ],
  ],
]

/** Languages whose resources stand first: those in which the text can have been written, and the reader's. */
export function languagesFor(text: string, reader: string): PreferredLanguage[] {
  const worth = new Map(languagesOf(text).map((language) => [language, typedWorth]))
  const primary = primaryOf(reader)
  if (primary !== '') worth.set(primary, (worth.get(primary) ?? 0) + readerWorth)
  return [...worth].map(([language, sum]) => ({ language, worth: sum }))
}

/** Primary subtags of the languages that have all letters of a text. Empty when there is no letter, or one that none of them has. */
export function languagesOf(text: string): string[] {
  const lower = text.slice(0, 500).normalize('NFC').toLowerCase()
  for (const [script, languages] of alphabets) {
    const letters = [...lower].filter((character) => script.test(character))
    if (letters.length === 0) continue
    return languages.filter(([, known]) => known === '' || letters.every((letter) => known.includes(letter))).map(([language]) => language)
  }
  return []
}

/** True when a tag is of a language, in whatever script or country. */
export function isInLanguage(tag: string, language: string): boolean {
  return tag === language || tag.startsWith(`${language}-`)
}

/** The primary subtag of a BCP 47 tag, in small letters; empty when it has none of two or three letters. */
export function primaryOf(tag: string): string {
  return /^[A-Za-z]{2,3}(?=-|$)/.exec(tag)?.[0].toLowerCase() ?? ''
}
