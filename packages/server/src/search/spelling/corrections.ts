import { analyzeQuery, readingsOf, typedPinyin } from '../analysis/index.js'
import { isSpelled } from './near-words.js'
import { hanRuns, nameByPinyin } from './typed-pinyin.js'

/** What an index is asked to find out what was meant. */
export interface TitleSource {
  nearWords(word: string): Promise<string[]>
  /** Titles that begin with letters that are typed as pinyin or initials. */
  titlesTyped(letters: string): Promise<string[]>
}

const maxCorrectedWords = 4
const maxCorrections = 3
const longestPinyin = 60

/**
 * What may have been meant by a query that finds nothing or little: Chinese typed as pinyin or initials, with characters that sound
 * alike, or words with a wrong letter. Never more than a few, each one another text than the query.
 */
export async function correctionsOf(text: string, titles: TitleSource): Promise<string[]> {
  const corrections = new Set<string>()
  for (const correction of [...(await fromPinyin(text, titles)), ...(await fromSounds(text, titles)), ...(await fromLetters(text, titles))])
    if (correction !== text && corrections.size < maxCorrections) corrections.add(correction)
  return [...corrections]
}

/** sjxdnj, yiyuanerci: the characters at the beginning of a title. */
async function fromPinyin(text: string, titles: TitleSource): Promise<string[]> {
  if (!typedPinyin(text) || text.trim().length < 3) return []
  return charactersOf(await titles.titlesTyped(text), text)
}

/** 三交形: other characters that are read the same. */
async function fromSounds(text: string, titles: TitleSource): Promise<string[]> {
  const found: string[] = []
  for (const group of analyzeQuery(text).groups.slice(0, maxCorrectedWords)) {
    if (!group.typed || !/^\p{Script=Han}{2,12}$/u.test(group.text)) continue
    const letters = readingsOf(group.text).join('')
    if (letters.length > longestPinyin || !typedPinyin(letters)) continue
    const length = [...group.text].length
    for (const characters of charactersOf(await titles.titlesTyped(letters), letters))
      if ([...characters].length === length && characters !== group.text) found.push(replaced(text, group.typed, characters))
  }
  return found
}

/** frction, фотосинтиз: the nearest words of titles, all wrong words at once. */
async function fromLetters(text: string, titles: TitleSource): Promise<string[]> {
  const replacements: { place: { start: number; end: number }; words: string[] }[] = []
  for (const { typed, anyOf } of analyzeQuery(text).groups) {
    const word = anyOf[0]?.words.length === 1 ? anyOf[0].words[0]! : ''
    if (!typed || !isSpelled(word) || replacements.length === maxCorrectedWords) continue
    const words = await titles.nearWords(word)
    if (words.length > 0) replacements.push({ place: typed, words })
  }
  const [first] = replacements
  if (!first) return []
  return first.words.map((_, choice) =>
    replacements.reduceRight((corrected, { place, words }) => replaced(corrected, place, words[Math.min(choice, words.length - 1)]!), text),
  )
}

function charactersOf(titles: readonly string[], letters: string): string[] {
  return [...new Set(titles.flatMap((title) => nameByPinyin({ und: title }, letters)?.characters ?? []))].filter(
    (characters) => hanRuns(characters).length > 0,
  )
}

function replaced(text: string, { start, end }: { start: number; end: number }, by: string): string {
  return `${text.slice(0, start)}${by}${text.slice(end)}`
}
