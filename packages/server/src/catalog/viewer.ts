import type { VisibilityScope } from '@edufed/sdk/schemas'

/**
 * Who reads. A record carries one token that says who may see it; a viewer carries the tokens that it may see.
 * Tokens: `public`, `alliance`, `region:<2, 4 or 6 digits of GB/T 2260>`, `member:<id>`, `nobody`.
 */
export type Viewer = { sees: 'everything' } | { sees: readonly string[] }

export const anonymousViewer: Viewer = { sees: ['public'] }
/** The node itself, for projections and administrators. */
export const nodeViewer: Viewer = { sees: 'everything' }

/** The viewer that a key of a member is. */
export function memberViewer(member: { id: string; region?: string } | undefined): Viewer {
  const tokens = ['public', 'alliance']
  if (member?.region) for (const digits of [2, 4, 6]) tokens.push(`region:${member.region.slice(0, digits)}`)
  if (member) tokens.push(`member:${member.id}`)
  return { sees: tokens }
}

/** True when the viewer carries the token of a record. */
export function isVisible(token: string, viewer: Viewer): boolean {
  return viewer.sees === 'everything' || viewer.sees.includes(token)
}

/** The token for a record of this scope from a source of this member and region. A scope that cannot be told falls back to the narrower one. */
export function visibleTo(scope: VisibilityScope, owner: { memberId?: string; region?: string }): string {
  if (scope === 'public' || scope === 'alliance') return scope
  const digits = { province: 2, prefecture: 4, county: 6, school: 0 }[scope]
  if (digits > 0 && owner.region) return `region:${owner.region.slice(0, digits)}`
  return owner.memberId ? `member:${owner.memberId}` : 'nobody'
}
