import type { ConnectorContext } from '../connectors/connector.js'
import { findConnector } from '../connectors/index.js'
import { assertSettings } from '../connectors/settings-check.js'
import type { HarvestSource } from '../run/harvest.js'
import type { PreviewAnswers } from './preview.js'

/** Asks a source until it has given so many records. @throws {HarvestError} */
export async function fetchAnswers(
  source: HarvestSource,
  limit: number,
  context: Pick<ConnectorContext, 'fetcher' | 'signal' | 'now'>,
): Promise<PreviewAnswers> {
  const connector = findConnector(source.kind)
  assertSettings(connector, source.settings)
  const fetched: PreviewAnswers = { answers: [], issues: [] }
  let taken = 0
  for await (const page of connector.pages(source.settings, context)) {
    fetched.answers.push(...page.raw)
    fetched.issues.push(...(page.issues ?? []))
    if (page.expectedRecords !== undefined) fetched.expectedRecords ??= page.expectedRecords
    taken += page.items.length
    if (taken >= limit) break
  }
  return fetched
}
