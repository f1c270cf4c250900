import Type from 'typebox'
import type { IndexStatus } from './search-index.js'
import { type IndexComparison, nothingCompared } from './verify-index.js'

const count = (description: string) => Type.Integer({ minimum: 0, description })

/** What a comparison of the search index with the catalogue came to. */
export const IndexVerification = Type.Object(
  {
    engine: Type.Enum(['sqlite', 'elasticsearch']),
    outcome: Type.Enum(['same', 'healed', 'rebuilt', 'different'], {
      description:
        'same: nothing differed; healed: all differences were set right; rebuilt: the index was built anew, because it was of another state of the catalogue; different: differences are left',
    }),
    documents: count('Documents of the catalogue that were compared'),
    missing: count('Documents that were not in the index'),
    stale: count('Documents that were in the index as they were before a later change'),
    surplus: count('Documents in the index that are not in the catalogue any more'),
    altered: count(
      'Documents, of those whose content was looked at, that were not what the catalogue has; some others are looked at each time',
    ),
    ahead: count('Documents of a change that the catalogue does not know: it was set back'),
    pending: count('Documents whose last change the index has not followed yet; they are no differences'),
    healed: count('Differences that were set right'),
    left: count('Differences that are still there'),
    refused: count('Documents that the engine does not take; they cannot be found'),
    examples: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          kind: Type.Enum(['missing', 'stale', 'surplus', 'ahead', 'altered']),
          isHealed: Type.Boolean(),
          reason: Type.Optional(Type.String({ description: 'Why the engine does not take it' })),
        },
        { additionalProperties: false },
      ),
      { description: 'Some of the differences' },
    ),
  },
  { additionalProperties: false },
)
export type IndexVerification = Type.Static<typeof IndexVerification>

/** @param comparison - Undefined when there was no index of this catalogue to compare. */
export function toVerification(
  engine: IndexVerification['engine'],
  comparison: IndexComparison | undefined,
  { isDryRun, refused }: { isDryRun: boolean; refused: IndexStatus['refused'] },
): IndexVerification {
  const counts = comparison ?? { ...nothingCompared(), examples: [] }
  const outcome = outcomeOf(comparison, isDryRun)
  return { engine, outcome, ...counts, ...(outcome === 'rebuilt' ? { left: 0 } : {}), refused: refused?.count ?? 0 }
}

function outcomeOf(comparison: IndexComparison | undefined, isDryRun: boolean): IndexVerification['outcome'] {
  if (!comparison || comparison.ahead > 0) return isDryRun ? 'different' : 'rebuilt'
  if (comparison.left > 0) return 'different'
  return comparison.healed > 0 ? 'healed' : 'same'
}
