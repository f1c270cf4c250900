import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { invalidCursor } from './cursor.js'
import type { SearchResult } from './search-index.js'

/** What was searched for in the place of what was typed: another text, or the query without some of its groups of words. */
const SearchedInstead = Type.Union([
  Type.Object({ text: Type.String(), shown: Type.String() }, { additionalProperties: false }),
  Type.Object({ leftOut: Type.Array(Type.Integer({ minimum: 0 })) }, { additionalProperties: false }),
])
export type SearchedInstead = Static<typeof SearchedInstead>

const isNote = Compile(SearchedInstead)
const separator = '.'

/** The list goes on with what was searched for, whatever was typed. */
export function noteInCursor(result: SearchResult, note: SearchedInstead): SearchResult {
  if (result.cursor === undefined) return result
  return { ...result, cursor: `${Buffer.from(JSON.stringify(note)).toString('base64url')}${separator}${result.cursor}` }
}

/** A cursor with a note in it, taken apart; undefined for one without. @throws {ServerError} `EDUFED_CURSOR_INVALID` */
export function readNotedCursor(cursor: string | undefined): { note: SearchedInstead; cursor: string } | undefined {
  const at = cursor?.indexOf(separator) ?? -1
  if (cursor === undefined || at < 0) return undefined
  const note = parse(Buffer.from(cursor.slice(0, at), 'base64url').toString('utf8'))
  if (!isNote.Check(note)) throw invalidCursor()
  return { note, cursor: cursor.slice(at + 1) }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    throw invalidCursor()
  }
}
