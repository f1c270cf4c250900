import type { Connector } from '../connector.js'
import { describeRepository } from './describe.js'
import { readPages } from './pages.js'
import { toRefusedItem } from './record-reader.js'
import { toMetadataPrefix } from './request-answer.js'
import { toBaseUrl } from './request-url.js'
import { parseAnswer } from './response-parser.js'
import { OaiPmhSettings } from './settings.js'

/** Harvests repositories that speak OAI-PMH 2.0. */
export const oaiPmh: Connector<OaiPmhSettings> = {
  kind: 'oai-pmh',
  settings: OaiPmhSettings,
  secrets: ['password'],
  describe: (settings, context) => describeRepository(withBaseUrl(settings), context),
  pages: (settings, context) => readPages(withBaseUrl(settings), context),
  read: async (raw, settings) => {
    const metadataPrefix = toMetadataPrefix(raw.url) || (settings.metadataPrefix ?? '')
    const { items, errors } = parseAnswer(raw.body, raw.mediaType, { metadataPrefix, maxRecordChars: settings.maxRecordChars })
    const query = new URL(raw.url).searchParams
    // A list of identifiers gives only what it says itself; its records stand in answers of their own.
    if (query.get('verb') === 'ListIdentifiers') return items.filter((item) => item.type === 'deleted')
    const identifier = query.get('identifier')
    return identifier !== null && items.length === 0 ? [toRefusedItem(identifier, metadataPrefix, errors[0])] : items
  },
}

function withBaseUrl(settings: OaiPmhSettings): OaiPmhSettings {
  return { ...settings, url: toBaseUrl(settings.url) }
}
