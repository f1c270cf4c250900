import { labelOf } from '@edufed/harvester/vocabularies'
import type { FacetCount, FacetName } from '@edufed/sdk/schemas'
import { parentOf } from './facet-hierarchy.js'
import { levelLabel } from './level-label.js'

interface LabelOptions {
  /** Language of the reader. */
  lang: string
  sourceNames: ReadonlyMap<string, string>
}

/** Counts as the API answers them: labels in the reader's language, and what each value is part of. A value without a label is its own. */
export function toFacetCounts(name: FacetName, counts: readonly { value: string; count: number }[], options: LabelOptions): FacetCount[] {
  return counts.map(({ value, count }) => {
    const parent = parentOf(name, value)
    return {
      value,
      label: facetLabel(name, value, options),
      count,
      ...(parent ? { parent: { ...parent, label: facetLabel(parent.facet, parent.value, options) } } : {}),
    }
  })
}

function facetLabel(name: FacetName, value: string, { lang, sourceNames }: LabelOptions): string {
  const known = name === 'source' ? sourceNames.get(value) : name === 'level' ? levelLabel(value, lang) : labelOf(name, value, lang)
  return known ?? value
}
