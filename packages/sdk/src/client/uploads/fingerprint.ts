import { isFileStream, type UploadInput } from './upload-body.js'

export interface FingerprintOptions {
  endpoint: string
  sourceId?: string | undefined
  recordIdentifier?: string | undefined
  fingerprint?: string | undefined
}

/**
 * The name under which an unfinished upload is remembered, or null when the content cannot be told from another.
 *
 * A Blob or bytes without a name have none: going on with the upload of another blob of the same size would mix two files.
 */
export async function toFingerprint(
  input: UploadInput,
  { endpoint, sourceId, recordIdentifier, fingerprint }: FingerprintOptions,
  ofFileStream: (input: never, options: { endpoint: string }) => Promise<string>,
): Promise<string | null> {
  const content =
    fingerprint ??
    (isFileStream(input)
      ? await ofFileStream(input as never, { endpoint })
      : isNamedFile(input)
        ? [input.name, input.type, input.size, input.lastModified].join()
        : null)
  return content === null ? null : `edufed|${endpoint}|${sourceId ?? ''}|${recordIdentifier ?? ''}|${content}|`
}

function isNamedFile(input: UploadInput): input is File {
  return input instanceof Blob && 'name' in input && input.name !== '' && 'lastModified' in input
}
