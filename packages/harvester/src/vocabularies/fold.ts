import { simplifiedOnly, traditionalOnly } from '../quality/han-variants.js'

const simplified = new Map([...traditionalOnly].map((character, index) => [character, [...simplifiedOnly][index] ?? character]))
/** Spaces, dots in the middle of the line, brackets, quotation marks, dashes and commas tell no two concepts apart. */
const ignored = /[\s\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\u0640()[\]{}<>【】〔〕《》〈〉「」『』“”‘’"'`\-_\u2010-\u2015,、]/g
const hanLetters = /\p{Script=Han}/u

/** The key by which a label is compared: NFKC, lower case, traditional characters and Arabic letter variants folded, marks ignored. */
export function foldLabel(label: string): string {
  const folded = label
    .normalize('NFKC')
    .toLowerCase()
    .replace(ignored, '')
    .replace(/[.。་]+$/, '')
  const arabic = folded.replace(/\u0649/g, '\u064a').replace(/[\u0647\u06be]/g, '\u06d5')
  return hanLetters.test(arabic) ? [...arabic].map((character) => simplified.get(character) ?? character).join('') : arabic
}
