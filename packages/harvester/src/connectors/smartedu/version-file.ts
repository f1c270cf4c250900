import { isObject, listAt, textAt } from '../../crosswalks/json-value.js'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'

/** What a data_version.json says: the state of a module, and the part files that hold it. */
export interface VersionFile {
  url: string
  module?: string
  version: string
  partUrls: string[]
}

/**
 * Reads a data_version.json. `urls` may be a list or one text with commas; addresses may be relative to the file.
 *
 * @throws {HarvestError} `EDUFED_SMARTEDU_NOT_VERSION_FILE`
 */
export function parseVersionFile(value: unknown, url: string): VersionFile {
  if (!isObject(value)) throw notVersionFile(url, 'it should be a JSON object with module_version and urls')
  const written = Array.isArray(value.urls) ? listAt(value, 'urls') : (textAt(value, 'urls')?.split(/[,，]/) ?? [])
  const partUrls = written.flatMap((part) => toPartUrl(part, url))
  if (partUrls.length === 0) throw notVersionFile(url, 'it names no part files in urls')
  const module = textAt(value, 'module')
  return {
    url,
    ...(module && { module }),
    version: textAt(value, 'module_version') ?? '',
    partUrls: [...new Set(partUrls)],
  }
}

function toPartUrl(part: unknown, base: string): string[] {
  const text = typeof part === 'string' ? part.trim() : ''
  if (text === '') return []
  const resolved = URL.canParse(text, base) ? new URL(text, base) : undefined
  if (!resolved || !/^https?:$/.test(resolved.protocol)) throw notVersionFile(base, `"${text.slice(0, 200)}" in urls is no web address`)
  return [resolved.href]
}

function notVersionFile(url: string, reason: string): HarvestError {
  return new HarvestError('EDUFED_SMARTEDU_NOT_VERSION_FILE', { url: redactUrl(url), reason })
}
