/** The beginning of what an address answered. */
export interface Answer {
  url: string
  status: number
  /** Content-Type. */
  type: string
  head: string
}

/** The kind of connector that reads such an answer; undefined when it cannot be told. */
export function recognizeAnswer(answer: Answer): string | undefined {
  const { head } = answer
  if (head.startsWith('PK\u0003\u0004')) return recognizeArchive(answer)
  const text = head.trimStart()
  if (/^(<\?|<!--|<[A-Za-z])/.test(text) && !/^<(!doctype html|html)[\s>]/i.test(text)) return recognizeXml(text)
  if (/^[{[]/.test(text)) return recognizeJson(text)
  if (/^<|^%PDF/i.test(text)) return undefined
  return recognizeText(answer)
}

/** Names of the first files of a ZIP archive stand readable at its beginning. */
function recognizeArchive({ head, url, type }: Answer): string {
  if (/imsmanifest\.xml/i.test(head)) return 'package'
  const isWorkbook =
    /\[Content_Types\]\.xml|xl\/(workbook|worksheets)/.test(head) || /spreadsheetml/i.test(type) || /\.xlsx$/i.test(pathOf(url))
  return isWorkbook ? 'table' : 'package'
}

function recognizeXml(text: string): string | undefined {
  // Some servers write notices before the document.
  if (/<(?:[\w.-]+:)?OAI-PMH[\s>]/i.test(text)) return 'oai-pmh'
  const [, root = '', attributes = ''] =
    /<(?:[\w.-]+:)?([A-Za-z][\w.-]*)((?:[\s/][^<>]*)?)>/.exec(text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')) ?? []
  switch (root.toLowerCase()) {
    case 'feed':
    case 'rss':
    case 'entry':
      return 'feed'
    case 'rdf':
      return /purl\.org\/rss\/1\.0/.test(attributes) ? 'feed' : undefined
    case 'urlset':
    case 'sitemapindex':
      if (/<(?:[\w.-]+:)?md\b[^<>]*\scapability\s*=/.test(text)) return 'resourcesync'
      return recognizeAddresses([...text.matchAll(/<(?:[\w.-]+:)?loc\s*>\s*([^<\s]+)/gi)].map(([, address = '']) => address))
    default:
      return undefined
  }
}

function recognizeJson(text: string): string | undefined {
  if (/^\{\s*"urls"\s*:/.test(text) || (/"module_version"\s*:/.test(text) && /"urls"\s*:/.test(text))) return 'smartedu'
  return /^\[|\[\s*[{\]]/.test(text) ? 'json-api' : undefined
}

/** One address a line, or a table. */
function recognizeText({ head, type, url }: Answer): string | undefined {
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0') || /\.xls$/i.test(pathOf(url))) return 'table'
  if (head.startsWith('\u001f\u008b')) return /\.(xml|txt)\.gz$/i.test(pathOf(url)) ? 'sitemap' : undefined
  const lines = head
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 20)
  const [first] = lines
  if (first === undefined) return undefined
  if (lines.slice(0, -1).every((line) => /^https?:\/\/\S+$/.test(line)) && /^https?:/.test(first)) return recognizeAddresses(lines)
  if (/text\/(csv|tab-separated-values)/i.test(type) || /\.(csv|tsv)$/i.test(pathOf(url))) return 'table'
  const isText = !head.slice(0, 4000).includes('\u0000')
  return isText && [',', '\t', ';', '|'].some((mark) => isTable(lines, mark)) ? 'table' : undefined
}

function recognizeAddresses(addresses: readonly string[]): string {
  const isPackages = addresses.length > 0 && addresses.every((address) => /\.(zip|imscc|pif)$/i.test(pathOf(address)))
  return isPackages ? 'package' : 'sitemap'
}

function isTable(lines: readonly string[], mark: string): boolean {
  const [header = '', ...rows] = lines
  const cells = header.split(mark).length
  return cells > 1 && rows.length > 0 && rows.slice(0, 3).every((row) => row.split(mark).length >= cells)
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : ''
}
