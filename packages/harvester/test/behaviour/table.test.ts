import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { table } from '../../src/connectors/table/index.js'
import type { TableSettings } from '../../src/connectors/table/settings.js'
import { createFetcher } from '../../src/fetch/create-fetcher.js'
import { type FileServer, startFileServer } from '../support/file-server.js'
import { issueCodes, readSource, replay, titleOf } from '../support/read-source.js'
import { buildWorkbook, buildZip } from '../support/workbook.js'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const header = '编号,标题,学科,年级,版本,册次,类型,语种,作者,简介,链接,更新时间,许可'
const row = 'k-1,一元二次方程,数学,九年级,人教版,上册,课件,中文,王老师;李老师,解方程的方法,https://school.example/k-1,2024/3/5,CC BY 4.0'

async function readFile(name: string, content: string | Uint8Array, settings: Partial<TableSettings> = {}) {
  server.files.set(name, content)
  const all = { url: `${server.url}${name}`, ...settings }
  return { settings: all, ...(await readSource(table, all)) }
}

describe('a table in CSV', () => {
  it('gives a record with codes by the names of its columns', async () => {
    const { items, end, issues } = await readFile('/a.csv', `${header}\n${row}\n`)
    expect(items).toHaveLength(1)
    expect(issues).toEqual([])
    expect(items[0]).toMatchObject({
      identifier: 'k-1',
      issues: [],
      resource: {
        name: { 'zh-Hans': '一元二次方程' },
        about: [{ notation: 'mathematics' }],
        educationalLevel: [{ notation: 'grade-9' }],
        textbookEdition: { notation: 'renjiao' },
        volume: { notation: 'upper' },
        learningResourceType: [{ notation: 'courseware' }],
        inLanguage: ['zh-Hans'],
        creator: [{ name: { 'zh-Hans': '王老师' } }, { name: { 'zh-Hans': '李老师' } }],
        url: 'https://school.example/k-1',
        dateModified: '2024-03-05',
        license: { id: 'https://creativecommons.org/licenses/by/4.0/' },
      },
    })
    expect(end?.isFullList).toBe(true)
  })

  it('is the same in UTF-8 with a byte order mark, in GB18030, with semicolons and with tabs', async () => {
    const plain = await readFile('/a.csv', `${header}\n${row}\n`)
    const gb18030 = Buffer.from(
      'b1e0bac52cb1eacce22cc1b4bdd32cd1a7bfc60a6b2d392cb6feb4ceb7bdb3cc2c68747470733a2f2f7363686f6f6c2e6578616d706c652f6b2d392ccafdd1a70a',
      'hex',
    )
    const mark = await readFile('/b.csv', `\ufeff${header}\n${row}\n`)
    const tabs = await readFile('/c.csv', `${header}\n${row}\n`.replaceAll(',', '\t'))
    expect(mark.items).toEqual(plain.items)
    expect(tabs.items).toEqual(plain.items)
    const decoded = new TextDecoder('gb18030').decode(gb18030)
    expect(decoded).toContain('标题')
    const other = await readFile('/d.csv', gb18030, { mapping: { fields: { name: '标题' } }, identifierColumn: '编号' })
    expect(other.items.map(titleOf)).toEqual(['二次方程'])
    expect(other.issues).toContain('charset.detected')
  })

  it('keeps titles in several languages apart by the names of their columns', async () => {
    const { items } = await readFile('/a.csv', 'id,标题,标题（维吾尔文）,title_en,title@kk\n1,数学,ماتېماتىكا,Mathematics,Математика\n')
    expect(items[0]).toMatchObject({
      resource: { name: { 'zh-Hans': '数学', 'ug-Arab': 'ماتېماتىكا', en: 'Mathematics', 'kk-Cyrl': 'Математика' } },
    })
  })

  it('reads what a mapping says, with constants', async () => {
    const { items } = await readFile('/a.csv', 'code;what;topic\n7;Photosynthesis;life science/botany\n', {
      identifierColumn: 'code',
      language: 'en',
      mapping: { fields: { name: 'what', subject: { from: 'topic', split: '/' }, license: { constant: 'CC0' } } },
    })
    expect(items[0]).toMatchObject({
      identifier: '7',
      resource: { name: { en: 'Photosynthesis' }, about: [{ notation: 'biology' }], license: { label: 'CC0 1.0' } },
    })
  })

  it('says which column of a mapping is not there', async () => {
    const { error } = await readFile('/a.csv', 'a,b\n1,2\n', { mapping: { fields: { name: '题名' } } })
    expect(error?.code).toBe('EDUFED_SETTINGS_INVALID')
    expect(error?.message).toContain('题名')
    expect(error?.message).toContain('a, b')
  })

  it('finds the header below a title line, and names columns that it did not use', async () => {
    const { items, pages } = await readFile('/a.csv', '某校资源目录,,\n编号,标题,心情\n1,静夜思,好\n')
    expect(items.map(titleOf)).toEqual(['静夜思'])
    expect(pages[0]?.issues?.find((issue) => issue.code === 'column.unused')?.message).toContain('心情')
  })

  it('names a row without identifier by its title and address, the same in every run', async () => {
    const text = '标题,链接\n静夜思,https://a.example/1\n'
    const first = await readFile('/a.csv', text)
    const second = await readFile('/b.csv', `标题,链接\n春晓,https://a.example/2\n${text.split('\n')[1]}\n`)
    expect(issueCodes(first.items[0]!)).toContain('identifier.missing')
    expect(first.items[0]?.identifier).toMatch(/^row-[0-9a-f]{32}$/)
    expect(second.items[1]?.identifier).toBe(first.items[0]?.identifier)
  })

  it('takes every row of a faulty table and says what is wrong with it', async () => {
    const { items, issues } = await readFile(
      '/a.csv',
      '编号,标题,链接,学科\n1,甲,https://a.example/1,数学\n,,,\n2,乙,https://a.example/2,数学,多余\n3,丙,不是网址\n1,丁,http://192.168.1.1/x,量子魔法\n5,,https://a.example/5,数学\n',
    )
    expect(items.map(titleOf)).toEqual(['甲', '乙', '丙', '丁', undefined])
    expect(items.map(issueCodes)).toEqual([
      [],
      ['row.ragged'],
      expect.arrayContaining(['url.invalid', 'row.ragged']),
      expect.arrayContaining(['url.invalid', 'concept.unknown']),
      ['title.missing'],
    ])
    expect(issues).toEqual(['identifier.duplicate', 'row.empty'])
  })

  it('reads 6,000 rows page by page and gives the same items again from what was kept', async () => {
    const lines = Array.from({ length: 6000 }, (_, index) => `r${index},"第${index}课, ""练习""\n附注",数学,https://a.example/${index}`)
    const { settings, pages, items } = await readFile('/a.csv', `编号,标题,学科,链接\r\n${lines.join('\r\n')}\r\n`)
    expect(items).toHaveLength(6000)
    expect(pages).toHaveLength(6)
    expect(pages[1]?.raw[0]?.url).toMatch(/#row=1002-2001$/)
    expect(titleOf(items[5999]!)).toBe('第5999课, "练习" 附注')
    expect(await replay(table, settings, pages)).toEqual(items)
  })

  it('keeps what was taken when the file is larger than the limit', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `${index},第${index}课,${'x'.repeat(100)}`)
    const { items, error, end } = await readFile('/a.csv', `编号,标题,简介\n${lines.join('\n')}\n`, { maxBytes: 200_000 })
    expect(error?.code).toBe('EDUFED_FETCH_TOO_LARGE')
    expect(items.length).toBeGreaterThanOrEqual(1000)
    expect(end).toBeUndefined()
  })

  it('is not read again when the server says that it has not changed', async () => {
    server.files.set('/a.csv', (request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end()
      else response.writeHead(200, { etag: '"v1"' }).end('编号,标题\n1,甲\n')
    })
    const settings = { url: `${server.url}/a.csv` }
    const first = await readSource(table, settings)
    const second = await readSource(table, settings, { since: first.end!.next })
    expect(first.items).toHaveLength(1)
    expect(second.items).toHaveLength(0)
    expect(second.end).toEqual({ next: first.end!.next, isFullList: false })
  })

  it.each([
    ['a web page', '<!DOCTYPE html><html><body>登录</body></html>', 'EDUFED_TABLE_UNREADABLE'],
    ['nothing', '', 'EDUFED_TABLE_UNREADABLE'],
    ['no column for the title', 'a,b\n1,2\n', 'EDUFED_TABLE_NO_TITLE'],
    ['an old XLS file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'EDUFED_TABLE_UNREADABLE'],
    ['a PDF file', '%PDF-1.7', 'EDUFED_TABLE_UNREADABLE'],
    ['a quotation mark that never ends', `编号,标题\n1,"${'甲'.repeat(5_000_000)}`, 'EDUFED_TABLE_UNREADABLE'],
  ])('is refused with a clear error when the answer is %s', async (_, content, code) => {
    const { error, items } = await readFile('/a.csv', content)
    expect(error?.code).toBe(code)
    expect(error?.fix).toBeTruthy()
    expect(items).toEqual([])
  })

  it('tells of its columns before it is harvested', async () => {
    server.files.set('/%E7%9B%AE%E5%BD%95.csv', '编号,标题,心情\n1,甲,好\n')
    const fetcher = createFetcher({ allowNetworks: ['127.0.0.0/8'] })
    const description = await table.describe({ url: `${server.url}/目录.csv` }, { fetcher, signal: new AbortController().signal })
    fetcher.close()
    expect(description).toMatchObject({
      name: '目录.csv',
      authority: '127.0.0.1',
      metadataPrefix: 'table',
      issues: [{ code: 'column.unused' }],
    })
  })
})

describe('a table in XLSX', () => {
  const rows = [
    ['编号', '标题', '学科', '更新时间', '书号', '链接'],
    ['k-1', '一元二次方程 <1> & "2"', '数学', { days: 45356 }, 9787107345678, 'https://school.example/k-1'],
    [],
    ['k-2', '静夜思', '语文', { days: 45356.5 }, undefined, 'https://school.example/k-2'],
  ]

  it('gives its rows, with dates as dates and long numbers as they are', async () => {
    const { items, settings, pages, issues } = await readFile('/a.xlsx', buildWorkbook(rows))
    expect(items.map(titleOf)).toEqual(['一元二次方程 <1> & "2"', '静夜思'])
    expect(items[0]).toMatchObject({
      identifier: 'k-1',
      resource: { dateModified: '2024-03-05', identifier: [{ scheme: 'isbn', value: '9787107345678' }] },
    })
    expect(items[1]).toMatchObject({ resource: { dateModified: '2024-03-05T12:00:00' } })
    expect(issues).toEqual(['row.empty'])
    expect(await replay(table, settings, pages)).toEqual(items)
  })

  it('names its sheets when the one that was asked for is not there', async () => {
    const { error } = await readFile('/a.xlsx', buildWorkbook(rows, '目录'), { sheet: '资源' })
    expect(error?.message).toContain('目录')
  })

  it('is refused when it would unpack to far more than it should', async () => {
    const bomb = buildZip({ 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': Buffer.alloc(30_000_000, ' ') })
    const { error } = await readFile('/a.xlsx', bomb, { maxWorkbookBytes: 1_000_000 })
    expect(error?.code).toBe('EDUFED_TABLE_TOO_LARGE')
  })

  it('is refused when an entry holds more than it declares', async () => {
    const sheet = `<worksheet><sheetData>${' '.repeat(30_000_000)}</sheetData></worksheet>`
    const files = {
      'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
      'xl/worksheets/sheet1.xml': sheet,
    }
    const bomb = buildZip(files, (name, size) => (name.includes('sheet1') ? 1000 : size))
    const { error } = await readFile('/a.xlsx', bomb, { maxWorkbookBytes: 1_000_000 })
    expect(error?.code).toBe('EDUFED_TABLE_TOO_LARGE')
  })

  it.each([
    ['cut off', (file: Buffer) => file.subarray(0, file.length - 40)],
    ['another kind of ZIP archive', () => buildZip({ 'a.txt': 'a' })],
    ['damaged inside', (file: Buffer) => Buffer.concat([file.subarray(0, 60), Buffer.alloc(200, 7), file.subarray(260)])],
  ])('is refused with a clear error when it is %s', async (_, damage) => {
    const { error } = await readFile('/a.xlsx', damage(buildWorkbook(rows)))
    expect(error?.code).toBe('EDUFED_TABLE_UNREADABLE')
  })
})
