import { createRequire } from 'node:module'
import type { CheerioAPI } from 'cheerio/slim'

const maxDepth = 2000
const ownText = new Set(['script', 'style', 'textarea', 'title'])
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
/** They end where the next of their name begins. */
const endedByNext = new Set('p li dt dd tr td th option'.split(' '))

/** A web page to look into; `isCut` when it was read only up to where its elements are nested too deep. */
export interface HtmlDocument {
  $: CheerioAPI
  isCut: boolean
}

/** Parses a web page. What is nested absurdly deep takes time that grows with the square of the depth, so it is cut off first. */
export function loadHtml(html: string): HtmlDocument {
  // Loaded when it is needed: it takes more memory than all else together, and most sources have no web pages.
  const { load } = createRequire(import.meta.url)('cheerio/slim') as typeof import('cheerio/slim')
  const end = findTooDeep(html)
  return { $: load(html.slice(0, end)), isCut: end < html.length }
}

/** Where the parser would have more than `maxDepth` elements open, by its own rule: an end tag closes all that was opened behind its start tag. */
function findTooDeep(html: string): number {
  const lower = html.toLowerCase()
  const tag = /<(\/?)([a-z][^\s/>]*)/g
  const stack: string[] = []
  const open = new Map<string, number>()
  for (let match = tag.exec(lower); match; match = tag.exec(lower)) {
    const [, slash, name = ''] = match
    const count = open.get(name) ?? 0
    if (slash) {
      if (count === 0) continue
      for (let closed = stack.pop(); closed !== undefined; closed = stack.pop()) {
        open.set(closed, (open.get(closed) ?? 1) - 1)
        if (closed === name) break
      }
    } else if (ownText.has(name)) {
      const close = lower.indexOf(`</${name}`, match.index)
      if (close === -1) return html.length
      tag.lastIndex = close
    } else if (!empty.has(name) && !(endedByNext.has(name) && stack.at(-1) === name)) {
      open.set(name, count + 1)
      if (stack.push(name) > maxDepth) return match.index
    }
  }
  return html.length
}
