import Type, { type Static } from 'typebox'
import { hoursSettings } from '../hours.js'
import { MappingSetting } from '../mapping-setting.js'

const WebAddress = Type.String({ pattern: '^https?://' })

export const PackageSettings = Type.Object(
  {
    url: Type.Union([WebAddress, Type.Array(WebAddress, { minItems: 1, maxItems: 1000, uniqueItems: true })], {
      title: 'Packages',
      description:
        'Address of a package (ZIP with imsmanifest.xml), of a list of packages (sitemap, one address a line, or a web page with links to them), or several',
    }),
    mapping: Type.Optional(
      MappingSetting('What the elements of the manifest are, by their paths, e.g. metadata.lom.general.title; as IMS says when absent'),
    ),
    language: Type.Optional(
      Type.String({ title: 'Language', description: 'Language of the names in packages that tell none, e.g. zh-Hans' }),
    ),
    maxPackageBytes: Type.Optional(
      Type.Integer({
        title: 'Largest package',
        minimum: 1024,
        maximum: 2_000_000_000,
        default: 268_435_456,
        description: 'Bytes of one package, which is held in memory while its manifest is read',
      }),
    ),
    maxUnpackedBytes: Type.Optional(
      Type.Integer({
        title: 'Largest content',
        minimum: 1024,
        default: 4_294_967_296,
        description: 'Bytes of all files of a package together when unpacked; a package that declares more is refused',
      }),
    ),
    ...hoursSettings,
  },
  { additionalProperties: false },
)
export type PackageSettings = Static<typeof PackageSettings>

export function urlsOf({ url }: PackageSettings): readonly string[] {
  return typeof url === 'string' ? [url] : url
}
