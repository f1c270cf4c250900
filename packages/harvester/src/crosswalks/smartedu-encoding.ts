import type { Issue, MediaObject } from '@edufed/sdk/schemas'
import { toMediaType } from '../quality/media-type.js'
import { toWebUrl } from '../quality/url.js'
import { isObject, type JsonObject, listAt, objectAt, textAt } from './json-value.js'

/** Files that belong to the platform's own reader. */
const helperFlags = new Set(['ebook_mapping', 'thumbnail', 'image', 'config'])
/** Stands for a host that asks for a signed-in user. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the platform's own placeholder
const referencePath = 'cs_path:${ref-path}'
const privateHost = 'https://r1-ndr-private.ykt.cbern.com.cn'

/** The files of a record. Those on private hosts are named, with `requiresLogin`, and never fetched. */
export function toEncodings(record: JsonObject, issues: Issue[]): MediaObject[] {
  const found = new Map<string, MediaObject>()
  for (const item of listAt(record, 'ti_items')) {
    if (!isObject(item) || helperFlags.has(textAt(item, 'ti_file_flag') ?? '')) continue
    const written = [textAt(item, 'ti_storage'), ...listAt(item, 'ti_storages')].filter((address) => typeof address === 'string')
    const contentUrl = written.map(toFileUrl).find((address) => address !== undefined)
    if (contentUrl) found.set(contentUrl, toMediaObject(item, contentUrl))
    else if (written.length > 0) {
      const message = `The file address "${String(written[0]).slice(0, 200)}" is no web address and was left out`
      issues.push({ code: 'url.invalid', path: 'ti_items', message, severity: 'warning' })
    }
  }
  return [...found.values()]
}

function toFileUrl(address: string): string | undefined {
  return toWebUrl(address.startsWith(referencePath) ? `${privateHost}${address.slice(referencePath.length)}` : address)
}

function toMediaObject(item: JsonObject, contentUrl: string): MediaObject {
  const encodingFormat = toMediaType(textAt(item, 'ti_format') ?? textAt(item, 'lc_ti_format'))
  const size = item.ti_size
  const duration = requirement(item, 'Duration')
  const height = Number(requirement(item, 'Height'))
  return {
    contentUrl,
    ...(encodingFormat && { encodingFormat }),
    ...(typeof size === 'number' && Number.isSafeInteger(size) && size > 0 && { contentSize: size }),
    ...(duration && /^PT?[\dHMS.]+$/.test(duration) && { duration }),
    ...(Number.isInteger(height) && height > 0 && { height }),
    ...(/(^|\.)[^.]*-private\./.test(new URL(contentUrl).hostname) && { requiresLogin: true }),
  }
}

/** `custom_properties.requirements` is a list of named values. */
function requirement(item: JsonObject, name: string): string | undefined {
  const entry = listAt(objectAt(item, 'custom_properties'), 'requirements').find(
    (candidate) => isObject(candidate) && textAt(candidate, 'name')?.toLowerCase() === name.toLowerCase(),
  )
  return isObject(entry) ? textAt(entry, 'value') : undefined
}
