/** Records of the test repository: deterministic, in several scripts, one in ten deleted. */
export interface OaiRecord {
  identifier: string
  datestamp: string
  isDeleted: boolean
  title: string
  language: string
  /** Where the resource is shown. @default an address at school.example.org */
  url?: string
  /** In a format of its own, instead of the one that is asked for. */
  metadata?: string
}

const titles: [language: string, text: string][] = [
  ['zh', '一元二次方程的解法'],
  ['en', 'Quadratic equations'],
  ['ug', 'ماتېماتىكا دەرسى'],
  ['bo', 'རྩིས་རིག་སློབ་ཚན།'],
]
const start = Date.UTC(2024, 0, 1)

export function makeOaiRecords(count: number): OaiRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const [language, title] = titles[index % titles.length] ?? ['zh', '课']
    return {
      identifier: `oai:school.example:${index + 1}`,
      datestamp: `${new Date(start + index * 60_000).toISOString().slice(0, 19)}Z`,
      isDeleted: index % 10 === 9,
      title: `${title} ${index + 1}`,
      language,
    }
  })
}

export function toHeaderXml({ identifier, datestamp, isDeleted }: OaiRecord): string {
  return `<header${isDeleted ? ' status="deleted"' : ''}><identifier>${identifier}</identifier><datestamp>${datestamp}</datestamp></header>`
}

export function toRecordXml(record: OaiRecord, metadataPrefix: string): string {
  const header = toHeaderXml(record)
  if (record.isDeleted) return `<record>${header}</record>`
  return `<record>${header}<metadata>${record.metadata ?? (metadataPrefix === 'lom' ? toLom(record) : toOaiDc(record))}</metadata></record>`
}

function toOaiDc({ identifier, title, language, url }: OaiRecord): string {
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title xml:lang="${language}">${title}</dc:title><dc:subject>数学</dc:subject><dc:identifier>${url ?? `https://school.example.org/r/${encodeURIComponent(identifier)}`}</dc:identifier><dc:date>2023-09-01</dc:date><dc:language>${language}</dc:language></oai_dc:dc>`
}

function toLom({ identifier, title, language }: OaiRecord): string {
  return `<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title><string language="${language}">${title}</string></title></general><technical><location>https://school.example.org/r/${encodeURIComponent(identifier)}</location></technical></lom>`
}
