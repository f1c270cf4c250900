import { readXmlWhole } from './workbook-xml.js'
import { openZip, type ZipEntry, ZipError } from './zip-archive.js'

/** What is needed to read a sheet. */
export interface Workbook {
  sheet: ZipEntry
  sharedStrings: readonly string[]
  /** Whether a cell style shows a date, by its number. */
  dateStyles: readonly boolean[]
  is1904: boolean
}

const unpackRatio = 8
const maxEntries = 5000

/** Opens an XLSX file. @throws {ZipError} */
export async function openWorkbook(file: Buffer, sheetName: string | undefined, maxBytes: number): Promise<Workbook> {
  const entries = openZip(file, { maxEntries, maxUnpackedBytes: maxBytes * unpackRatio })
  const book = entries.get('xl/workbook.xml')
  if (!book) throw new ZipError('it is a ZIP archive, but no XLSX workbook')
  const { sheets, is1904 } = await readSheetList(book)
  const targets = await readTargets(entries.get('xl/_rels/workbook.xml.rels'))
  const chosen = sheetName === undefined ? sheets[0] : sheets.find((sheet) => sheet.name.trim() === sheetName.trim())
  if (!chosen)
    throw new ZipError(`it has no sheet "${sheetName ?? ''}"; its sheets are ${sheets.map((sheet) => sheet.name).join(', ') || 'none'}`)
  const target = targets.get(chosen.relation) ?? 'worksheets/sheet1.xml'
  const sheet = entries.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  if (!sheet) throw new ZipError(`the sheet "${chosen.name}" is missing`)
  return {
    sheet,
    sharedStrings: await readSharedStrings(entries.get('xl/sharedStrings.xml')),
    dateStyles: await readDateStyles(entries.get('xl/styles.xml')),
    is1904,
  }
}

async function readSheetList(entry: ZipEntry): Promise<{ sheets: { name: string; relation: string }[]; is1904: boolean }> {
  const sheets: { name: string; relation: string }[] = []
  let is1904 = false
  await readXmlWhole(entry, {
    open(name, attributes) {
      if (name === 'sheet') sheets.push({ name: attributes.name ?? '', relation: attributes.id ?? '' })
      if (name === 'workbookPr') is1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
    },
  })
  return { sheets, is1904 }
}

async function readTargets(entry: ZipEntry | undefined): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  await readXmlWhole(entry, {
    open(name, attributes) {
      if (name === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '')
    },
  })
  return targets
}

async function readSharedStrings(entry: ZipEntry | undefined): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let isText = false
  let isPhonetic = false
  await readXmlWhole(entry, {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') isPhonetic = true
      isText = name === 't' && !isPhonetic
    },
    text(part) {
      if (isText) text += part
    },
    close(name) {
      if (name === 'si') strings.push(text)
      if (name === 'rPh') isPhonetic = false
      isText = false
    },
  })
  return strings
}

async function readDateStyles(entry: ZipEntry | undefined): Promise<boolean[]> {
  const styles: boolean[] = []
  const formats = new Map<string, string>()
  let isCellFormat = false
  await readXmlWhole(entry, {
    open(name, attributes) {
      if (name === 'numFmt') formats.set(attributes.numFmtId ?? '', attributes.formatCode ?? '')
      if (name === 'cellXfs') isCellFormat = true
      if (name === 'xf' && isCellFormat) styles.push(isDateFormat(attributes.numFmtId ?? '0', formats))
    },
    close(name) {
      if (name === 'cellXfs') isCellFormat = false
    },
  })
  return styles
}

function isDateFormat(id: string, formats: ReadonlyMap<string, string>): boolean {
  const code = formats.get(id)
  if (code !== undefined) return /[ymdh]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
  const number = Number(id)
  return (
    (number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 45 && number <= 47) || (number >= 50 && number <= 58)
  )
}
