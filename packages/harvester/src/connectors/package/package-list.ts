import { HarvestError } from '../../errors.js'
import { decodeText } from '../../fetch/charset.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { RawResponse } from '../connector.js'
import { loadHtml } from '../html-document.js'
import { parseSitemap } from '../sitemap/sitemap-document.js'

const packageName = /\.(zip|imscc|pif)$/i
const maxPackages = 10_000
const maxListBytes = 33_554_432

/** The addresses of the packages that a list names: a sitemap, a text file, or a web page with links. @throws {HarvestError} */
export function parsePackageList(raw: RawResponse): string[] {
  if (raw.body.byteLength > maxListBytes) {
    const reason = 'it is no ZIP file, and too large to be a list of packages'
    throw new HarvestError('EDUFED_PACKAGE_UNREADABLE', { url: redactUrl(raw.url), reason })
  }
  const { text } = decodeText(raw.body, raw.mediaType)
  const isHtml = /<(!doctype html|html|body|a)[\s>]/i.test(text.slice(0, 4000))
  const named = isHtml ? toLinks(text) : toEntries(raw)
  const urls = named
    .filter((address) => URL.canParse(address, raw.url))
    .map((address) => new URL(address, raw.url))
    .filter(({ pathname, protocol }) => /^https?:$/.test(protocol) && packageName.test(pathname))
    .map((url) => {
      url.hash = ''
      return url.href
    })
  const unique = [...new Set(urls)]
  const url = redactUrl(raw.url)
  if (unique.length === 0) {
    const reason = isHtml ? 'it is a web page without links to .zip or .imscc files' : 'it is neither a ZIP file nor a list that names some'
    throw new HarvestError('EDUFED_PACKAGE_UNREADABLE', { url, reason })
  }
  if (unique.length > maxPackages)
    throw new HarvestError('EDUFED_LIST_ENDLESS', { url, reason: `it names more than ${maxPackages} packages` })
  return unique
}

function toLinks(html: string): string[] {
  const { $ } = loadHtml(html)
  return $('a[href]')
    .toArray()
    .map((element) => $(element).attr('href') ?? '')
}

function toEntries(raw: RawResponse): string[] {
  try {
    return parseSitemap(raw).entries.map(({ loc }) => loc)
  } catch (cause) {
    const reason = 'it is neither a ZIP file nor a list that names some'
    throw new HarvestError('EDUFED_PACKAGE_UNREADABLE', { url: redactUrl(raw.url), reason }, { cause })
  }
}
