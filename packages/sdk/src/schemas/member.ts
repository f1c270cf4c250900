import Type, { type Static } from 'typebox'
import { PlatformLevel } from './visibility.js'

export const MemberInput = Type.Object(
  {
    id: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    level: PlatformLevel,
    region: Type.Optional(Type.String({ pattern: '^\\d{6}$', description: 'GB/T 2260 division' })),
    contact: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
)
export type MemberInput = Static<typeof MemberInput>

/** A change to a member: what is absent stays, null takes an optional value away. */
export const MemberPatch = Type.Object(
  {
    name: Type.Optional(MemberInput.properties.name),
    level: Type.Optional(PlatformLevel),
    region: Type.Optional(Type.Union([Type.String({ pattern: '^\\d{6}$' }), Type.Null()])),
    contact: Type.Optional(Type.Union([Type.String({ maxLength: 500 }), Type.Null()])),
  },
  { additionalProperties: false },
)
export type MemberPatch = Static<typeof MemberPatch>

/** An organisation of the alliance; owns sources and API keys. */
export const Member = Type.Object(
  {
    ...MemberInput.properties,
    id: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Member', additionalProperties: false },
)
export type Member = Static<typeof Member>

export const MemberList = Type.Object(
  { members: Type.Array(Member), cursor: Type.Optional(Type.String()) },
  { additionalProperties: false },
)
export type MemberList = Static<typeof MemberList>
