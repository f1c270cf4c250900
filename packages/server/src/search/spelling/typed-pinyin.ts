import type { LanguageMap } from '@edufed/sdk/schemas'
import { charactersTyped, fold } from '../analysis/index.js'

/** The Chinese name of a resource that has a part beginning with what was typed as pinyin or initials. */
export function nameByPinyin(name: LanguageMap, typed: string): { text: string; language: string; characters: string } | undefined {
  for (const [language, text] of Object.entries(name)) {
    for (const run of hanRuns(text)) {
      const characters = charactersTyped(run, typed)
      if (characters !== undefined) return { text, language, characters }
    }
  }
  return undefined
}

/** The first parts of a text that are written in Chinese characters, simplified. */
export function hanRuns(text: string): string[] {
  return (
    fold(text.slice(0, 300))
      .text.match(/\p{Script=Han}{2,}/gu)
      ?.slice(0, 3) ?? []
  )
}
