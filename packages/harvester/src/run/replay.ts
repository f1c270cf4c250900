import type { Issue } from '@edufed/sdk/schemas'
import type { HarvestItem, RawResponse } from '../connectors/connector.js'
import { findConnector } from '../connectors/index.js'
import { IdentifierSet } from '../connectors/oai-pmh/identifier-set.js'
import { assertSettings } from '../connectors/settings-check.js'
import { redactUrl } from '../fetch/redact-url.js'
import type { HarvestSource } from './harvest.js'

/** What one kept answer holds that no later answer says otherwise. */
export interface ReplayedAnswer {
  items: HarvestItem[]
  /** An answer that cannot be read any more. */
  issues: Issue[]
}

/**
 * Reads the records out of kept answers again, with the connector and crosswalk as they are now. Nothing is fetched.
 *
 * @param answers - The last one first: of several answers that name a record the last holds, and the others are passed over.
 * @returns One entry an answer, in the order they came.
 * @throws {HarvestError} `EDUFED_CONNECTOR_UNKNOWN` or `EDUFED_SETTINGS_INVALID`
 */
export async function* replay(source: HarvestSource, answers: AsyncIterable<RawResponse>): AsyncGenerator<ReplayedAnswer> {
  const connector = findConnector(source.kind)
  assertSettings(connector, source.settings)
  const seen = new IdentifierSet()
  for await (const answer of answers) {
    let items: HarvestItem[] = []
    const issues: Issue[] = []
    try {
      items = await connector.read(answer, source.settings)
    } catch (error) {
      issues.push(toUnreadable(answer, error))
    }
    yield { items: items.reverse().filter(({ identifier }) => identifier === '' || seen.add(identifier.trim())), issues }
  }
}

function toUnreadable({ url, retrievedAt }: RawResponse, error: unknown): Issue {
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
  const message = `The answer of ${redactUrl(url)} that was kept at ${retrievedAt} cannot be read any more (${reason}); its records stay as they are, harvest the source in full`
  return { code: 'replay.unreadable', path: '', message, severity: 'warning' }
}
