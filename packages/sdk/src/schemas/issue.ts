import Type, { type Static } from 'typebox'

/** A finding about one record. A bad record is data with issues, never an exception. */
export const Issue = Type.Object(
  {
    code: Type.String({ description: 'Stable code, e.g. title.missing' }),
    path: Type.String({ description: 'JSON Pointer into the resource, or the name of the source field' }),
    message: Type.String({ description: "One sentence that the source's owner can act on" }),
    severity: Type.Enum(['info', 'warning', 'error'], {
      description: 'error: the record is quarantined; warning: a value was dropped or doubted; info: worth knowing',
    }),
    value: Type.Optional(Type.String({ description: 'The value of the source that the finding is about' })),
    otherValues: Type.Optional(
      Type.Array(Type.String(), { maxItems: 19, description: 'Further values of the same field that it is about' }),
    ),
  },
  { additionalProperties: false },
)
export type Issue = Static<typeof Issue>
