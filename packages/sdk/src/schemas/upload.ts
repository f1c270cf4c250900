import Type, { type Static } from 'typebox'

/** A finished or unfinished upload. */
export const Upload = Type.Object(
  {
    id: Type.String(),
    size: Type.Integer({ minimum: 0, description: 'Bytes of the whole file' }),
    offset: Type.Integer({ minimum: 0, description: 'Bytes received' }),
    filename: Type.String(),
    filetype: Type.String({ description: 'Media type' }),
    sourceId: Type.Optional(Type.String()),
    recordIdentifier: Type.Optional(Type.String({ description: 'Record that gets the file as an encoding' })),
    sha256: Type.Optional(Type.String({ description: 'Present when the upload is finished' })),
    contentUrl: Type.Optional(Type.String({ description: 'Where the finished file is served' })),
    createdAt: Type.String({ format: 'date-time' }),
    finishedAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { $id: 'Upload', additionalProperties: false },
)
export type Upload = Static<typeof Upload>
