import Type, { type Static } from 'typebox'

/** Content review of one version of a record, as the national review rules order it. */
export const reviewStates = ['draft', 'selfReviewed', 'machineReviewed', 'approved', 'rejected', 'withdrawn'] as const

export const ReviewState = Type.Enum(reviewStates)
export type ReviewState = (typeof reviewStates)[number]

export const Review = Type.Object(
  {
    state: ReviewState,
    history: Type.Array(
      Type.Object(
        {
          state: ReviewState,
          at: Type.String({ format: 'date-time' }),
          by: Type.Optional(Type.String()),
          note: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type Review = Static<typeof Review>
