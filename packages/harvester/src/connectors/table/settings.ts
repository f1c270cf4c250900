import Type, { type Static } from 'typebox'
import { tableFields } from '../../crosswalks/table.js'

/** Where the values of one field come from. */
export const ColumnRule = Type.Object(
  {
    field: Type.Enum(tableFields, { description: 'What the column is' }),
    column: Type.Optional(Type.String({ minLength: 1, description: 'Name of the column, as in the header row' })),
    value: Type.Optional(Type.String({ minLength: 1, description: 'The same value for every row, instead of a column' })),
    language: Type.Optional(Type.String({ description: 'Language of the text, e.g. ug' })),
    separator: Type.Optional(Type.String({ minLength: 1, description: 'What separates several values in one cell' })),
  },
  { additionalProperties: false },
)
export type ColumnRule = Static<typeof ColumnRule>

export const TableSettings = Type.Object(
  {
    url: Type.String({ title: 'Address', pattern: '^https?://', description: 'Address of a CSV or XLSX file' }),
    sheet: Type.Optional(Type.String({ title: 'Sheet', description: 'Name of the sheet of an XLSX file; the first one when absent' })),
    mapping: Type.Optional(
      Type.Array(ColumnRule, { title: 'Columns', description: 'What the columns are; found by their names when absent', minItems: 1 }),
    ),
    identifierColumn: Type.Optional(
      Type.String({ title: 'Identifier column', description: 'Column whose value names a row for good; found by its name when absent' }),
    ),
    language: Type.Optional(
      Type.String({ title: 'Language', description: 'Language of the resources where no column tells it, e.g. zh-Hans' }),
    ),
    delimiter: Type.Optional(
      Type.String({
        title: 'Delimiter',
        minLength: 1,
        maxLength: 1,
        description: 'Character between two cells of a CSV file; found when absent',
      }),
    ),
    headerRow: Type.Optional(
      Type.Integer({
        title: 'Header row',
        minimum: 1,
        maximum: 100,
        description: 'Number of the row with the column names; found when absent',
      }),
    ),
    maxBytes: Type.Optional(
      Type.Integer({
        title: 'Largest CSV file',
        minimum: 1024,
        default: 1_073_741_824,
        description: 'Bytes of a CSV file, which is read as a stream',
      }),
    ),
    maxWorkbookBytes: Type.Optional(
      Type.Integer({
        title: 'Largest XLSX file',
        minimum: 1024,
        default: 52_428_800,
        description: 'Bytes of an XLSX file; unpacked it may have 8 times as many',
      }),
    ),
  },
  { additionalProperties: false },
)
export type TableSettings = Static<typeof TableSettings>
