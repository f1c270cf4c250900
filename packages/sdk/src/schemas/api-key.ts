import Type, { type Static } from 'typebox'

/** What a key may do. `admin` may do everything; `read` is needed only on a private node. */
export const apiKeyScopes = ['admin', 'read', 'sources:read', 'sources:write', 'harvests:run', 'records:write', 'uploads:write'] as const
export const ApiKeyScope = Type.Enum(apiKeyScopes)
export type ApiKeyScope = (typeof apiKeyScopes)[number]

export const ApiKeyInput = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'What the key is for' }),
    scopes: Type.Array(ApiKeyScope, { minItems: 1, uniqueItems: true }),
    memberId: Type.Optional(Type.String({ description: 'A key of a member may touch only that member’s sources' })),
    sourceIds: Type.Optional(Type.Array(Type.String(), { description: 'Only these sources' })),
    maxUploadBytes: Type.Optional(Type.Integer({ minimum: 1, description: 'Largest file that this key may upload' })),
    expiresAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { additionalProperties: false },
)
export type ApiKeyInput = Static<typeof ApiKeyInput>

/** An API key as the node remembers it: the secret itself is not kept. */
export const ApiKey = Type.Object(
  {
    ...ApiKeyInput.properties,
    id: Type.String(),
    prefix: Type.String({ description: 'First characters of the key, to tell keys apart' }),
    createdAt: Type.String({ format: 'date-time' }),
    lastUsedAt: Type.Optional(Type.String({ format: 'date-time' })),
    revokedAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { $id: 'ApiKey', additionalProperties: false },
)
export type ApiKey = Static<typeof ApiKey>

/** The answer to making a key: the only time that `key` is shown. */
export const CreatedApiKey = Type.Object(
  { ...ApiKey.properties, key: Type.String({ description: 'edufed_…' }) },
  { additionalProperties: false },
)
export type CreatedApiKey = Static<typeof CreatedApiKey>

export const ApiKeyList = Type.Object({ keys: Type.Array(ApiKey), cursor: Type.Optional(Type.String()) }, { additionalProperties: false })
export type ApiKeyList = Static<typeof ApiKeyList>
