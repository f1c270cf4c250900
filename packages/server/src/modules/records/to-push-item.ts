import { type Issue, PushRecord, type PushResult } from '@edufed/sdk/schemas'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { IngestItem } from '../../ingest/ingest.js'
import type { PushLine } from './read-lines.js'

/** What stands around a resource; the resource itself is for ingest to judge. */
const envelope = Compile(
  Type.Object({ ...PushRecord.properties, resource: Type.Optional(Type.Object({})) }, { additionalProperties: false }),
)

/** What a line says, or the result of a line that says nothing usable. */
export function toPushItem(line: PushLine): { item: IngestItem } | { result: PushResult } {
  if ('problem' in line) return line.problem === 'tooLong' ? refuse(line, 'push.line-too-long') : refuse(line, 'push.not-utf-8')
  let value: unknown
  try {
    value = JSON.parse(line.text)
  } catch {
    return refuse(line, 'push.not-json')
  }
  if (envelope.Check(value)) return { item: toIngestItem(value as PushRecord) }
  const [error] = envelope.Errors(value)
  const given = typeof value === 'object' && value !== null && 'identifier' in value ? value.identifier : undefined
  const message = `The line is no push record: ${error ? `${error.instancePath || '/'} ${error.message}` : 'wrong shape'}`
  return refuse(line, 'push.not-a-record', { message, path: error?.instancePath ?? '', identifier: given })
}

/** A pushed record as ingest takes it. */
export function toIngestItem(record: PushRecord): IngestItem {
  return {
    identifier: record.identifier,
    metadataPrefix: 'edufed',
    ...(record.datestamp === undefined ? {} : { datestamp: record.datestamp }),
    ...(record.resource === undefined ? {} : { resource: record.resource }),
    ...(record.isDeleted === undefined ? {} : { isDeleted: record.isDeleted }),
    ...(record.via === undefined ? {} : { via: record.via }),
  }
}

const messages = {
  'push.line-too-long': 'The line is longer than this node takes; send a shorter description or fewer fields',
  'push.not-utf-8': 'The line is not UTF-8',
  'push.not-json': 'The line is not JSON; send one JSON object a line, without line breaks in it',
  'push.not-a-record': 'The line is no push record',
}

function refuse(
  line: PushLine,
  code: keyof typeof messages,
  details: { message?: string; path?: string; identifier?: unknown } = {},
): { result: PushResult } {
  const issue: Issue = {
    code,
    path: details.path ?? '',
    message: `Line ${line.number}: ${details.message ?? messages[code]}`,
    severity: 'error',
  }
  const identifier = typeof details.identifier === 'string' ? details.identifier : `line:${line.number}`
  return { result: { identifier, outcome: 'quarantined', issues: [issue] } }
}
