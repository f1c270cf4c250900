import type { RecordWrite } from '../../src/catalog/catalog-store.js'

/** A record as ingest hands it to the catalogue; `text` stands for all of its meaning. */
export function aRecord(identifier: string, overrides: Partial<RecordWrite> & { text?: string } = {}): RecordWrite {
  const { text = 'one', ...fields } = overrides
  const state = fields.state ?? 'active'
  return {
    sourceId: 'school',
    identifier,
    state,
    resourceId: `urn:edufed:school.example:${identifier}`,
    contentHash: state === 'deleted' ? '' : text.padEnd(64, '0'),
    ...(state !== 'deleted' && { draft: { name: { 'zh-Hans': text } } }),
    origin: { authority: 'school.example', identifier },
    via: [],
    metadataPrefix: 'push',
    issues: [],
    level: 'school',
    scope: 'public',
    visibleTo: 'public',
    ...fields,
  }
}
