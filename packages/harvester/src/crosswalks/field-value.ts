import { toPlainText } from '../quality/text.js'
import type { ResourceField } from './resource-fields.js'

/** One value of a record, with the field that it fills. */
export interface FieldValue {
  field: ResourceField
  text: string
  /** Where the source has it, for issues: name of a column, path of an element. */
  column: string
  /** Language that the source or the mapping tells. */
  language?: string
  /** What separates several values in the text; the field's usual marks when absent. */
  separator?: string
  /** The text is one value, whatever marks it has. */
  isWhole?: boolean
  /** What a vocabulary table says that the text means; nothing when empty. */
  codes?: readonly string[]
}

const list = /[;；|]/
const agents = { han: /[;；、|，,]/, other: list }
const usual: Partial<Record<ResourceField, RegExp>> = {
  language: /[;；|,，、/]/,
  keywords: /[;；,，、|\n]/,
  subject: list,
  stage: list,
  grade: list,
  level: list,
  edition: list,
  volume: list,
  textbook: list,
  type: list,
  audience: list,
}

/** The single values in a text: by the separator that is told, else by the marks that are usual for the field; plain text, none empty. */
export function splitValue({ field, text, separator, isWhole }: FieldValue): string[] {
  const mark = isWhole ? undefined : (separator ?? usualSeparator(field, text))
  return (mark === undefined ? [text] : text.split(mark)).map(toPlainText).filter((part) => part !== '')
}

function usualSeparator(field: ResourceField, text: string): RegExp | undefined {
  if (field === 'creator' || field === 'contributor' || field === 'publisher')
    return /\p{Script=Han}/u.test(text) ? agents.han : agents.other
  return usual[field]
}
