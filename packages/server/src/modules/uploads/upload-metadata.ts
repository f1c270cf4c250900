import type { FieldProblem } from '@edufed/sdk/schemas'
import { ServerError } from '../../errors.js'

/** What a client says of a file before it sends it. */
export interface UploadMetadata {
  filename: string
  filetype: string
  sourceId?: string
  recordIdentifier?: string
  /** What the file must turn out to be; checked when all bytes are there. */
  sha256?: string
}

const maxFilenameLength = 255

/**
 * Reads the header Upload-Metadata: `filename` and `filetype` are needed, `source` and `record` go together, `sha256` is optional.
 *
 * @throws {ServerError} `EDUFED_UPLOAD_METADATA` with one entry in `errors` for each wrong key.
 */
export function parseUploadMetadata(header: string | undefined): UploadMetadata {
  const values = parsePairs(header)
  const errors: FieldProblem[] = []
  const check = (key: string, isRight: boolean, message: string, fix: string) => {
    if (!isRight) errors.push({ path: key, message, fix })
  }
  const filename = toSafeFilename(values.get('filename') ?? '')
  const filetype = (values.get('filetype') ?? '').trim().toLowerCase()
  const sourceId = values.get('source') || undefined
  const recordIdentifier = values.get('record') || undefined
  const sha256 = values.get('sha256')?.toLowerCase() || undefined
  check('filename', filename !== '', 'is missing', 'Add filename with the name of the file, base64-encoded')
  check('filetype', mediaType.test(filetype), values.has('filetype') ? 'is not a media type' : 'is missing', 'Add filetype, e.g. video/mp4')
  check('source', sourceId !== undefined || recordIdentifier === undefined, 'is missing', 'Name the source of the record')
  check('record', recordIdentifier !== undefined || sourceId === undefined, 'is missing', 'Name the identifier of the record at the source')
  check('record', (recordIdentifier?.length ?? 0) <= 1_000, 'is longer than 1000 characters', 'Use the identifier of the record')
  check(
    'sha256',
    sha256 === undefined || /^[0-9a-f]{64}$/.test(sha256),
    'is not a SHA-256 in hex',
    'Send 64 hexadecimal digits, or leave it out',
  )
  if (errors.length > 0) {
    const names = errors.map(({ path, message }) => `${path} ${message}`).join(', ')
    throw new ServerError('EDUFED_UPLOAD_METADATA', `Upload-Metadata is not accepted: ${names}`, { errors })
  }
  return {
    filename,
    filetype,
    ...(sourceId === undefined ? {} : { sourceId }),
    ...(recordIdentifier === undefined ? {} : { recordIdentifier }),
    ...(sha256 === undefined ? {} : { sha256 }),
  }
}

const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/

/** A name that is safe to show and to save under: no folders, no control or direction marks, at most 255 characters. */
export function toSafeFilename(name: string): string {
  const base = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const visible = base.replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '').replace(/["<>|:*?]/g, '_')
  const trimmed = visible.trim().replace(/^\.+/, '')
  const characters = [...trimmed]
  if (characters.length <= maxFilenameLength) return trimmed
  const [extension = ''] = /\.[^.]{1,16}$/.exec(trimmed) ?? []
  return characters.slice(0, maxFilenameLength - [...extension].length).join('') + extension
}

function parsePairs(header: string | undefined): Map<string, string> {
  const values = new Map<string, string>()
  if (header === undefined || header.trim() === '') return values
  for (const pair of header.split(',')) {
    const [, key, value = ''] = /^ *([!-+\--~]+)(?: +([A-Za-z0-9+/]*={0,2}))? *$/.exec(pair) ?? []
    if (key === undefined || values.has(key)) {
      throw new ServerError('EDUFED_UPLOAD_METADATA', 'Upload-Metadata is not a list of `key base64` pairs, each key once')
    }
    values.set(key, decodeText(key, value))
  }
  return values
}

function decodeText(key: string, base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'))
  } catch (error) {
    throw new ServerError('EDUFED_UPLOAD_METADATA', `Upload-Metadata has a value that is not UTF-8: ${key}`, {
      cause: error,
      errors: [{ path: key, message: 'is not UTF-8', fix: 'Encode the text as UTF-8, then as base64' }],
    })
  }
}
