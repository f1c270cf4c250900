import { isHarvestError } from '../../errors.js'
import type { HarvestItem, RawResponse } from '../connector.js'
import type { ListRun } from './list-run.js'
import { requestAnswer } from './request-answer.js'

/** Records that are asked for one by one before they are handed on. */
const recordsPerPart = 50
/** So many records in a row that cannot be had mean that none can. */
const maxFailures = 10

/** A part of what a list of identifiers leads to. */
export interface RecordPart {
  items: HarvestItem[]
  raw: RawResponse[]
}

/** Asks for each record of a list of identifiers. A record that cannot be had becomes an item that says so. */
export async function* readByIdentifiers(
  run: ListRun,
  listed: readonly HarvestItem[],
  list: RawResponse,
): AsyncGenerator<RecordPart, void> {
  const deleted = listed.filter((item) => item.type === 'deleted')
  const wanted = listed.filter((item) => item.type !== 'deleted')
  let part: RecordPart = { items: deleted, raw: [list] }
  let failures = 0
  for (const stub of wanted) {
    if (part.items.length >= recordsPerPart) {
      yield part
      part = { items: [], raw: [] }
    }
    try {
      const { item, raw } = await readRecord(run, stub.identifier)
      part.items.push(item)
      part.raw.push(raw)
      failures = 0
    } catch (error) {
      run.context.signal.throwIfAborted()
      if (!isHarvestError(error) || ++failures >= maxFailures) throw error
      run.state.isFullList = false
      part.items.push(toUnreadItem(stub.identifier, run.state.metadataPrefix, 'record.unreadable', error.message))
    }
  }
  yield part
}

async function readRecord({ settings, context, state }: ListRun, identifier: string): Promise<{ item: HarvestItem; raw: RawResponse }> {
  const { metadataPrefix } = state
  const answer = await requestAnswer(settings, context, 'GetRecord', { identifier, metadataPrefix }, metadataPrefix)
  const [item] = answer.items
  if (item) return { item, raw: answer.raw }
  return { item: toRefusedItem(identifier, metadataPrefix, answer.errors[0]), raw: answer.raw }
}

/** What is left of a record that is in the list, and that GetRecord does not give. */
export function toRefusedItem(
  identifier: string,
  metadataPrefix: string,
  error: { code: string; message: string } | undefined,
): HarvestItem {
  const code = error?.code === 'idDoesNotExist' ? 'record.idDoesNotExist' : 'record.refused'
  const reason = error ? `the error ${error.code}${error.message ? `: ${error.message}` : ''}` : 'no record'
  return toUnreadItem(identifier, metadataPrefix, code, `GetRecord answers with ${reason}`)
}

function toUnreadItem(identifier: string, metadataPrefix: string, code: string, reason: string): HarvestItem {
  const message = `The record is in the list, but it cannot be had (${reason}): mark it as deleted, or mend it`
  return { type: 'record', identifier, metadataPrefix, issues: [{ code, path: 'GetRecord', message, severity: 'error' }] }
}
