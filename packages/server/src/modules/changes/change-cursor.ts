import { ServerError } from '../../errors.js'
import { decodeCursor, encodeCursor, invalidCursor } from '../../search/cursor.js'

const list = 'changes'

/** A position in the change log of this epoch, as text. */
export function toChangeCursor(epoch: string, sequence: number): string {
  return encodeCursor({ epoch, sequence }, list)
}

/**
 * The sequence that a cursor stands for.
 *
 * @throws {ServerError} `EDUFED_CURSOR_INVALID` when it is mangled, or of a change log that is no longer here.
 */
export function readChangeCursor(cursor: string, epoch: string): number {
  const payload = decodeCursor(cursor, list)
  if (!('epoch' in payload && 'sequence' in payload) || typeof payload.sequence !== 'number') throw invalidCursor()
  if (payload.epoch === epoch) return payload.sequence
  throw new ServerError('EDUFED_CURSOR_INVALID', 'The cursor is of another change log: the catalogue of this node was set up anew', {
    errors: [{ path: 'after', message: 'belongs to another change log', fix: 'Read all changes again, without `after`' }],
  })
}
