import Type, { type Static } from 'typebox'
import { PlatformLevel } from './visibility.js'

/** One hop of a record on its way here, innermost (nearest to the origin) first. */
export const Via = Type.Object(
  {
    node: Type.String({ description: 'nodeId, or the base URL of an OAI-PMH aggregator' }),
    identifier: Type.String({ description: 'The identifier that the record had there' }),
    datestamp: Type.Optional(Type.String()),
    harvestDate: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type Via = Static<typeof Via>

/** Who first published a record: its authority and the identifier that it gave. */
export const Origin = Type.Object(
  {
    authority: Type.String({ minLength: 1, description: "The repository's own name: OAI repositoryIdentifier, host, or registered name" }),
    identifier: Type.String({ minLength: 1 }),
  },
  { additionalProperties: false },
)
export type Origin = Static<typeof Origin>

/** Where this copy of the record came from. */
export const Provenance = Type.Object(
  {
    sourceId: Type.String(),
    sourceIdentifier: Type.String(),
    sourceDatestamp: Type.Optional(Type.String()),
    metadataPrefix: Type.String({ description: 'Format it came in, e.g. oai_dc, lom, smartedu, table, edufed' }),
    origin: Origin,
    via: Type.Array(Via),
    level: PlatformLevel,
    region: Type.Optional(Type.String({ pattern: '^\\d{6}$', description: 'GB/T 2260 division, e.g. 140000' })),
  },
  { additionalProperties: false },
)
export type Provenance = Static<typeof Provenance>
