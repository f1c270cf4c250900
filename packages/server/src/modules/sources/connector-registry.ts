import { type Connector, connectors } from '@edufed/harvester'
import { ServerError } from '../../errors.js'

/** Kind of a platform that writes its records itself. */
export const pushKind = 'push'

/** The connector of a kind; undefined for `push`. @throws {ServerError} `EDUFED_REQUEST_INVALID` when there is none of this name. */
export function connectorOf(kind: string): Connector | undefined {
  if (kind === pushKind) return undefined
  const connector = findConnector(kind)
  if (connector) return connector
  const kinds = [...connectorKinds(), pushKind].join(', ')
  throw new ServerError('EDUFED_REQUEST_INVALID', `There is no connector '${kind}'`, {
    errors: [{ path: '/kind', message: `must be one of ${kinds}`, fix: 'Use one of these' }],
  })
}

/** Names of settings that must not be shown; none for a connector that is no longer there. */
export function secretsOf(kind: string): readonly string[] {
  return findConnector(kind)?.secrets ?? []
}

function findConnector(kind: string): Connector | undefined {
  return connectors.find((connector) => connector.kind === kind)
}

function connectorKinds(): string[] {
  return connectors.map((connector) => connector.kind)
}
