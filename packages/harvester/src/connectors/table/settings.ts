import Type, { type Static } from 'typebox'
import { hoursSettings } from '../hours.js'
import { MappingSetting } from '../mapping-setting.js'

export const TableSettings = Type.Object(
  {
    url: Type.String({ title: 'Address', pattern: '^https?://', description: 'Address of a CSV or XLSX file' }),
    sheet: Type.Optional(Type.String({ title: 'Sheet', description: 'Name of the sheet of an XLSX file; the first one when absent' })),
    mapping: Type.Optional(MappingSetting('What the columns are, by their names; found by their names when absent')),
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
    ...hoursSettings,
  },
  { additionalProperties: false },
)
export type TableSettings = Static<typeof TableSettings>
