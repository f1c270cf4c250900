import Type from 'typebox'

/** How far a record may be seen, from the narrowest to the widest. */
export const visibilityScopes = ['school', 'county', 'prefecture', 'province', 'alliance', 'public'] as const

export const VisibilityScope = Type.Enum(visibilityScopes)
export type VisibilityScope = (typeof visibilityScopes)[number]

/** Where a platform stands in the alliance. */
export const platformLevels = ['national', 'provincial', 'prefecture', 'county', 'school', 'vendor', 'international'] as const

export const PlatformLevel = Type.Enum(platformLevels)
export type PlatformLevel = (typeof platformLevels)[number]
