import Type, { type Static } from 'typebox'

/** One wrong field of a request. */
export const FieldProblem = Type.Object(
  {
    path: Type.String({ description: 'JSON Pointer into the body, or the name of the parameter' }),
    message: Type.String(),
    fix: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type FieldProblem = Static<typeof FieldProblem>

/**
 * The body of every error answer, as `application/problem+json`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9457}
 */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Address of the documentation of this code' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What happened and what to do' }),
    code: Type.String({ description: 'Stable code, EDUFED_…' }),
    instance: Type.Optional(Type.String({ description: 'Path of the request' })),
    requestId: Type.Optional(Type.String()),
    errors: Type.Optional(Type.Array(FieldProblem)),
  },
  { $id: 'Problem' },
)
export type Problem = Static<typeof Problem>
