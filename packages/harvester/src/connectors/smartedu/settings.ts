import Type, { type Static } from 'typebox'
import { hoursSettings } from '../hours.js'

const WebAddress = Type.String({ pattern: '^https?://' })

export const SmarteduSettings = Type.Object(
  {
    url: Type.Union([WebAddress, Type.Array(WebAddress, { minItems: 1, uniqueItems: true })], {
      title: 'Version file',
      description: 'Address of a data_version.json, or a list of them when the platform has several modules',
    }),
    tagsUrl: Type.Optional(
      Type.String({
        title: 'Tag tree',
        pattern: '^https?://',
        description: 'Address of the tag tree (…_tag.json); the preview then says which of its tags are in no vocabulary',
      }),
    ),
    landingBaseUrl: Type.Optional(
      Type.String({
        title: 'Site for people',
        pattern: '^https?://',
        default: 'https://basic.smartedu.cn',
        description: 'Site on which the records are shown; the address of each record is made with it',
      }),
    ),
    maxPartBytes: Type.Optional(
      Type.Integer({ title: 'Largest part file', minimum: 1024, default: 67_108_864, description: 'Bytes of one part file, decompressed' }),
    ),
    ...hoursSettings,
  },
  { additionalProperties: false },
)
export type SmarteduSettings = Static<typeof SmarteduSettings>

/** The version files of a source, in order. */
export function versionUrls(settings: SmarteduSettings): string[] {
  return typeof settings.url === 'string' ? [settings.url] : settings.url
}
