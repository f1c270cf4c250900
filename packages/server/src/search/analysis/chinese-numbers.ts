import type { FoldedText } from './fold.js'

const numerals = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']
const digit = /[1-9]/
const numberBeforeUnit = /(?<!\d)(?:1[0-2]|[1-9])(?=年级|单元|册|课|章|节)/g

/** Writes the number of a grade, unit or lesson as Chinese texts mostly do: 3年级 and 三年级 become the same. */
export function writeNumbersInChinese(folded: FoldedText): FoldedText {
  if (!digit.test(folded.text)) return folded
  let text = ''
  let offsets: number[] | undefined
  let copied = 0
  for (const match of folded.text.matchAll(numberBeforeUnit)) {
    const numeral = numerals[Number(match[0])]!
    offsets ??= []
    text += folded.text.slice(copied, match.index) + numeral
    for (let at = copied; at < match.index; at++) offsets.push(folded.offsets[at]!)
    for (let i = 0; i < numeral.length; i++) offsets.push(folded.offsets[match.index]!)
    copied = match.index + match[0].length
  }
  if (!offsets) return folded
  for (let at = copied; at < folded.offsets.length; at++) offsets.push(folded.offsets[at]!)
  return { text: text + folded.text.slice(copied), offsets }
}
