import { toXmlEntries } from '../../crosswalks/mapping/map-record.js'
import type { XmlElement } from '../../xml/element.js'
import type { Connector, HarvestItem, RawResponse } from '../connector.js'
import { checkMapping } from '../mapping-setting.js'
import type { RecordOptions } from './answer-options.js'
import { describeRepository } from './describe.js'
import { readPages } from './pages.js'
import { toRefusedItem } from './record-reader.js'
import { toAnswerOptions, toMetadataPrefix } from './request-answer.js'
import { toBaseUrl } from './request-url.js'
import { parseAnswer } from './response-parser.js'
import { OaiPmhSettings } from './settings.js'

/** Harvests repositories that speak OAI-PMH 2.0. */
export const oaiPmh: Connector<OaiPmhSettings> = {
  kind: 'oai-pmh',
  settings: OaiPmhSettings,
  secrets: ['password'],
  check: checkMapping,
  describe: (settings, context) => describeRepository(withBaseUrl(settings), context),
  pages: (settings, context) => readPages(withBaseUrl(settings), context),
  read: async (raw, settings) => readAnswer(raw, settings),
  readSourced: async (raw, settings) => {
    const roots = new Map<HarvestItem, XmlElement>()
    const items = readAnswer(raw, settings, (item, root) => roots.set(item, root))
    return items.map((item) => {
      const root = roots.get(item)
      return root ? { item, source: toXmlEntries(root, settings.mapping) } : { item }
    })
  },
}

function readAnswer(raw: RawResponse, settings: OaiPmhSettings, onRecord?: RecordOptions['onRecord']): HarvestItem[] {
  const metadataPrefix = toMetadataPrefix(raw.url) || (settings.metadataPrefix ?? '')
  const options = { ...toAnswerOptions(settings, metadataPrefix), ...(onRecord && { onRecord }) }
  const { items, errors } = parseAnswer(raw.body, raw.mediaType, options)
  const query = new URL(raw.url).searchParams
  // A list of identifiers gives only what it says itself; its records stand in answers of their own.
  if (query.get('verb') === 'ListIdentifiers') return items.filter((item) => item.type === 'deleted')
  const identifier = query.get('identifier')
  return identifier !== null && items.length === 0 ? [toRefusedItem(identifier, metadataPrefix, errors[0])] : items
}

function withBaseUrl(settings: OaiPmhSettings): OaiPmhSettings {
  return { ...settings, url: toBaseUrl(settings.url) }
}
