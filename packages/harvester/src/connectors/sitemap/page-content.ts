import { decodeText } from '../../fetch/charset.js'
import type { RawResponse } from '../connector.js'
import { loadHtml } from '../html-document.js'

/** What a web page says about itself to machines. */
export interface PageContent {
  /** The blocks of JSON-LD that could be parsed. */
  jsonLd: unknown[]
  /** Why the others could not. */
  jsonLdFaults: string[]
  /** Content of the meta elements, and links with a `DC.` or `DCTERMS.` relation, with their names in lower case. */
  meta: { name: string; content: string; language?: string }[]
  title?: string
  language?: string
}

/** Marks of comments and CDATA sections that templates write round a block. */
const opening = /^\ufeff?\s*(?:<!--|(?:\/\/|\/\*)?\s*<!\[CDATA\[(?:\s*\*\/)?)/
const closing = /(?:-->|(?:\/\/|\/\*)?\s*\]\]>(?:\s*\*\/)?)\s*;?\s*$/
const maxBlocks = 50
const maxBlockChars = 2_000_000

/** Reads JSON-LD and meta elements out of a page. Blocks inside of comments or CDATA marks are read too. */
export function readPageContent(raw: Pick<RawResponse, 'body' | 'mediaType'>): PageContent {
  const { text } = decodeText(raw.body, toContentType(raw))
  const content: PageContent = { jsonLd: [], jsonLdFaults: [], meta: [] }
  if (/json/i.test(raw.mediaType)) {
    addBlock(content, text)
    return content
  }
  const { $, isCut } = loadHtml(text)
  if (isCut) content.jsonLdFaults.push('its elements are nested too deep, and what comes behind was left out')
  $('script')
    .filter((_, element) => /^\s*application\/ld\+json\b/i.test($(element).attr('type') ?? ''))
    .slice(0, maxBlocks)
    .each((_, element) => {
      const text = $(element).text()
      if (text.length > maxBlockChars) content.jsonLdFaults.push(`a block has more than ${maxBlockChars} characters`)
      else if (text.trim() !== '') addBlock(content, text)
    })
  $('meta[content]').each((_, element) => {
    const name = ($(element).attr('name') ?? $(element).attr('property') ?? '').trim().toLowerCase()
    add(name, $(element).attr('content'), $(element).attr('lang') ?? $(element).attr('xml:lang'))
  })
  $('link[rel][href]').each((_, element) => {
    const name = ($(element).attr('rel') ?? '').trim().toLowerCase()
    if (/^dc(terms)?\./.test(name)) add(name, $(element).attr('href'), undefined)
  })
  const title = $('title').first().text().trim()
  const language = $('html').attr('lang')?.trim()
  return { ...content, ...(title !== '' && { title }), ...(language && { language }) }

  function add(name: string, value: string | undefined, tag: string | undefined): void {
    const text = value?.trim()
    if (name !== '' && text) content.meta.push({ name, content: text, ...(tag && { language: tag }) })
  }
}

function addBlock(content: PageContent, text: string): void {
  const bare = text.replace(opening, '').replace(closing, '')
  try {
    content.jsonLd.push(JSON.parse(bare))
  } catch (error) {
    const mended = parseMended(bare)
    if (mended === undefined) content.jsonLdFaults.push(error instanceof Error ? error.message.slice(0, 160) : 'it cannot be parsed')
    else content.jsonLd.push(mended)
  }
}

function parseMended(text: string): unknown {
  try {
    return JSON.parse(mendControls(text))
  } catch {
    return undefined
  }
}

/** Line breaks and tabs inside of texts, which JSON forbids and templates write, as spaces. */
function mendControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/[\u0000-\u001f]+/g, ' ').replace(/;\s*$/, '')
}

function toContentType({ body, mediaType }: Pick<RawResponse, 'body' | 'mediaType'>): string {
  if (/charset\s*=/i.test(mediaType)) return mediaType
  const head = Buffer.from(body.subarray(0, 2048)).toString('latin1')
  const charset = /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1]
  return charset ? `${mediaType}; charset=${charset}` : mediaType
}
