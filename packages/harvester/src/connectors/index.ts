import { HarvestError } from '../errors.js'
import type { Connector } from './connector.js'
import { feed } from './feed/index.js'
import { jsonApi } from './json-api/index.js'
import { oaiPmh } from './oai-pmh/index.js'
import { contentPackage } from './package/index.js'
import { resourceSync } from './resourcesync/index.js'
import { sitemap } from './sitemap/index.js'
import { smartedu } from './smartedu/index.js'
import { table } from './table/index.js'

/** Every protocol that records can be harvested by. A new one is one folder and one line here. */
export const connectors: readonly Connector[] = [oaiPmh, smartedu, table, sitemap, contentPackage, resourceSync, feed, jsonApi]

/** The connector of a kind. @throws {HarvestError} `EDUFED_CONNECTOR_UNKNOWN` */
export function findConnector(kind: string): Connector {
  const connector = connectors.find((candidate) => candidate.kind === kind)
  if (connector) return connector
  throw new HarvestError('EDUFED_CONNECTOR_UNKNOWN', { kind, kinds: connectors.map((candidate) => candidate.kind).join(', ') })
}
