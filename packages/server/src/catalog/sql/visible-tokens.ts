import type { Viewer } from '../viewer.js'

/** The values of `visible_to` that a viewer may see; undefined means all. Never an empty list, which is no SQL. */
export function visibleTokens(viewer: Viewer | undefined): readonly string[] | undefined {
  if (viewer === undefined || viewer.sees === 'everything') return undefined
  return viewer.sees.length > 0 ? viewer.sees : ['']
}
