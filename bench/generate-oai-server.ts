import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// A process of its own: serves an OAI-PMH list of oai_dc records of 1.6 kB from memory, and tells its port to the process that forked it.
const [records = 100_000, pageSize = 100] = process.argv.slice(2).map(Number)

const subjects = ['数学', 'Physics', '语文', 'Algebra', '七年级', 'Teaching methods', '化学', '电磁感应', 'History', '信息技术']
const languages = ['zh', 'en', 'zh-CN', 'eng', 'ug', 'kk']
const words =
  'the learners of this unit compare equations graphs and tables discuss how a model fits the data and write down what they found together with their teacher'.split(
    ' ',
  )
const characters = '本节课以探究活动为主线引导学生通过观察实验与讨论理解函数图像的变化规律并能够运用所学知识解决生活中的实际问题'

/** Text of about so many bytes that differs from record to record. */
function toText(seed: number, bytes: number, isChinese: boolean): string {
  const parts: string[] = []
  for (let at = seed, length = 0; length < bytes; at = (at * 31 + 7) % 1_000_003) {
    const start = at % characters.length
    const part = isChinese ? `${characters.slice(start, start + 6 + (at % 9))}，` : `${words[at % words.length]} `
    parts.push(part)
    length += isChinese ? part.length * 3 : part.length
  }
  return parts.join('').trim()
}

function toRecord(index: number): string {
  const isChinese = index % 2 === 0
  const day = new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString().slice(0, 19)
  const element = (name: string, text: string, language?: string) =>
    `<dc:${name}${language ? ` xml:lang="${language}"` : ''}>${text}</dc:${name}>\n`
  return [
    `<record><header><identifier>oai:platform.example:${index}</identifier><datestamp>${day}Z</datestamp><setSpec>col_${index % 20}</setSpec></header>\n`,
    '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">\n',
    element('title', `${toText(index, 60, isChinese)}${index}`, isChinese ? 'zh' : 'en'),
    element('creator', isChinese ? `王小${characters[index % characters.length]}` : `Smith, Ann ${index % 5000}`),
    element('creator', isChinese ? '第三中学教研组' : 'Open Learning Institute'),
    element('subject', subjects[index % subjects.length] ?? ''),
    element('subject', subjects[(index * 7 + 3) % subjects.length] ?? ''),
    element('subject', `Topic ${index % 3000}`),
    element('description', `${toText(index + 17, 500, isChinese)} R&amp;D`, isChinese ? 'zh' : 'en'),
    element('publisher', 'Example Platform of Learning Resources'),
    element('date', day.slice(0, 10)),
    element('type', index % 3 === 0 ? 'video' : 'text'),
    element('format', index % 3 === 0 ? 'video/mp4' : 'application/pdf'),
    element('identifier', `https://platform.example.org/resource/${index}`),
    element('language', languages[index % languages.length] ?? 'zh'),
    element('rights', 'https://creativecommons.org/licenses/by/4.0/'),
    '</oai_dc:dc></metadata></record>\n',
  ].join('')
}

const wrap = (body: string): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-01T08:00:00Z</responseDate><request>http://platform.example/oai</request>${body}</OAI-PMH>\n`,
  )

const answers: Record<string, Buffer> = {
  Identify: wrap(
    '<Identify><repositoryName>A platform</repositoryName><baseURL>http://platform.example/oai</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@platform.example</adminEmail><earliestDatestamp>2020-01-01T00:00:00Z</earliestDatestamp><deletedRecord>no</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>',
  ),
  ListMetadataFormats: wrap(
    '<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema><metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat></ListMetadataFormats>',
  ),
}
const pages: Buffer[] = []
for (let from = 0; from < records; from += pageSize) {
  const until = Math.min(from + pageSize, records)
  const body = Array.from({ length: until - from }, (_, at) => toRecord(from + at)).join('')
  const token = until < records ? `page-${pages.length + 1}` : ''
  pages.push(
    wrap(`<ListRecords>${body}<resumptionToken completeListSize="${records}" cursor="${from}">${token}</resumptionToken></ListRecords>`),
  )
}

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  const page = Number(searchParams.get('resumptionToken')?.slice(5) ?? 0)
  const body = answers[searchParams.get('verb') ?? ''] ?? pages[page]
  response.writeHead(body ? 200 : 404, { 'content-type': 'text/xml; charset=utf-8', 'content-length': body?.length ?? 0 }).end(body)
})
server.listen(0, '127.0.0.1', () => {
  const bytes = pages.reduce((sum, page) => sum + page.length, 0)
  process.send?.({ port: (server.address() as AddressInfo).port, bytesPerRecord: Math.round(bytes / records) })
})
process.on('disconnect', () => process.exit(0))
