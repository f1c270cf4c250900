import { fold, pinyinKeysOf, typedPinyin } from '../analysis/index.js'

/** By what the beginning of a text is recognised. */
export interface CompletionKey {
  /** Letters and digits, folded. */
  letters: string
  /** Pinyin and initials of a text that begins with Chinese. */
  pinyin: readonly string[]
}

/** Reading Chinese takes a while: to be made once for each text. */
export function completionKeyOf(text: string): CompletionKey {
  const letters = lettersOf(text)
  const run = /^\p{Script=Han}{2,}/u.exec(letters)?.[0]
  return { letters, pinyin: run ? pinyinKeysOf(run) : [] }
}

/** Tells whether what was typed begins a text, as letters or as pinyin; undefined when nothing was typed that could. */
export function createCompletion(typed: string): ((key: CompletionKey) => boolean) | undefined {
  const letters = lettersOf(typed)
  if (letters === '') return undefined
  const asPinyin = typedPinyin(typed)
  return (key) =>
    key.letters.startsWith(letters) ||
    (asPinyin !== undefined && key.pinyin.some((one) => one.startsWith(asPinyin.full) || one.startsWith(asPinyin.initials)))
}

/** Only for comparing: letters and digits, folded. */
export function lettersOf(text: string): string {
  return fold(text.slice(0, 300)).text.replaceAll(' ', '')
}
