import type { LanguageMap } from '../contract.js'

/** A text with what a page needs to show it: `lang` and `dir`. */
export interface LocalizedText {
  text: string
  /** BCP 47 tag. */
  language: string
  direction: 'ltr' | 'rtl'
}

const rightToLeft = /^(ar|fa|ur|ug(?!-(Latn|Cyrl))|he|ps|sd|ckb|prs|[a-z]{2,3}-Arab)(-|$)/i

/**
 * All texts of a language map, those in the reader's language first.
 *
 * @param preferred - BCP 47 tag; without the exact tag, one of the same language comes first: `zh-CN` prefers `zh-Hans`.
 */
export function textsInLanguage(map: LanguageMap | undefined, preferred: string): LocalizedText[] {
  const rank = (tag: string) => (tag === preferred ? 0 : primaryOf(tag) === primaryOf(preferred) ? 1 : 2)
  return Object.entries(map ?? {})
    .map(([language, text]) => ({ text, language, direction: directionOfLanguage(language) }))
    .sort((a, b) => rank(a.language) - rank(b.language))
}

/** The text of a language map for a reader: in her language where there is one, else in the first language that is there. */
export function textInLanguage(map: LanguageMap | undefined, preferred: string): LocalizedText | undefined {
  return textsInLanguage(map, preferred)[0]
}

/** The writing direction of a language tag: right to left for `ug-Arab`, `kk-Arab`, `ar` and such. */
export function directionOfLanguage(tag: string): 'ltr' | 'rtl' {
  return rightToLeft.test(tag) ? 'rtl' : 'ltr'
}

function primaryOf(tag: string): string {
  return tag.split('-')[0]!.toLowerCase()
}
