import type { Issue } from '@edufed/sdk/schemas'
import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import { idOf, isNoResource, listNodes, typesOf } from '../../crosswalks/json-ld-node.js'
import type { JsonObject } from '../../crosswalks/json-value.js'
import { mapJson, toJsonEntries } from '../../crosswalks/mapping/map-record.js'
import { toWebUrl } from '../../quality/url.js'
import type { HarvestItem, RawResponse } from '../connector.js'
import type { ReadItem } from '../read-item.js'
import { type PageContent, readPageContent } from './page-content.js'
import type { SitemapSettings } from './settings.js'
import { dublinCoreToDraft, jsonLdToDraft, titleToDraft } from './to-draft.js'

type PageSettings = Pick<SitemapSettings, 'language' | 'titleOnly' | 'mapping'>

/** Types of pages: the page itself is what it is about only when nothing else is there. */
const pageTypes = /^(WebPage|ItemPage|AboutPage|CollectionPage|ContactPage|ProfilePage|SearchResultsPage|CheckoutPage)$/

/** As {@link readItems}, without what the items were made from. */
export function toItems(...page: Parameters<typeof readItems>): HarvestItem[] {
  return readItems(...page).map(({ item }) => item)
}

/** The records of a page: none when the page says nothing about a resource. The same bytes give the same items. */
export function readItems(
  raw: Pick<RawResponse, 'body' | 'mediaType'>,
  url: string,
  lastmod: string | undefined,
  settings: PageSettings,
): ReadItem[] {
  const content = readPageContent(raw)
  const faults = content.jsonLdFaults.map(toFault)
  const head = { type: 'record' as const, ...(lastmod && { datestamp: lastmod }) }
  const language = content.language ?? settings.language
  const nodes = chooseNodes(content.jsonLd)
  if (nodes.length > 0) {
    const { mapping } = settings
    return nodes.map((node, index) => {
      const result = mapping
        ? withUrl(mapJson(node, mapping, { baseUrl: url, ...(language && { language }) }), url)
        : jsonLdToDraft(nodes.length === 1 ? content.jsonLd : [node], url, language)
      const identifier = nodes.length === 1 ? url : (toNodeId(node, url) ?? `${url}#${index + 1}`)
      const issues = [...(index === 0 ? faults : []), ...result.issues]
      return { item: { ...head, identifier, metadataPrefix: 'json-ld', ...result, issues }, toSource: () => toJsonEntries(node, mapping) }
    })
  }
  const other = toOther(content, settings)
  if (!other)
    return faults.length > 0 ? [{ item: { ...head, identifier: url, metadataPrefix: 'json-ld', issues: faults.map(asError) } }] : []
  const result = withUrl(other.result, url)
  const issues = [...faults, ...result.issues]
  return [{ item: { ...head, identifier: url, metadataPrefix: other.metadataPrefix, ...result, issues } }]
}

function toOther(content: PageContent, settings: PageSettings): { metadataPrefix: string; result: CrosswalkResult } | undefined {
  const dublinCore = dublinCoreToDraft(content)
  if (dublinCore) return { metadataPrefix: 'html-dc', result: dublinCore }
  return settings.titleOnly === true ? { metadataPrefix: 'html', result: titleToDraft(content, settings.language) } : undefined
}

/** The nodes that describe resources: learning resources, else other works, else the page; each `@id` once. */
function chooseNodes(blocks: readonly unknown[]): JsonObject[] {
  const { nodes } = listNodes(blocks)
  const candidates = nodes.map(({ node }) => node).filter((node) => typesOf(node).length > 0 && !isNoResource(typesOf(node)))
  const learning = candidates.filter((node) => typesOf(node).includes('LearningResource'))
  const works = candidates.filter((node) => !typesOf(node).some((type) => pageTypes.test(type)))
  const chosen = learning.length > 0 ? learning : works.length > 0 ? works : candidates.slice(0, 1)
  const seen = new Set<unknown>()
  return chosen.filter((node) => {
    const id = idOf(node)
    return id === undefined || (!seen.has(id) && seen.add(id))
  })
}

function toNodeId(node: JsonObject, url: string): string | undefined {
  const id = idOf(node) ?? node.url
  return typeof id === 'string' && id.length < 2000 && URL.canParse(id, url) ? new URL(id, url).href : undefined
}

/** A resource that names no address has that of its page. */
function withUrl({ resource, issues, ...others }: CrosswalkResult, page: string | undefined): CrosswalkResult {
  const url = resource?.url ?? toWebUrl(page)
  if (!resource || !url || resource.url) return { ...others, ...(resource && { resource }), issues }
  return { ...others, resource: { ...resource, url }, issues: issues.filter(({ code }) => code !== 'url.missing') }
}

function toFault(reason: string): Issue {
  const message = `A part of the page that should be JSON-LD could not be read: ${reason}; check the page with a validator`
  return { code: 'jsonld.invalid', path: 'script', message, severity: 'warning' }
}

function asError(issue: Issue): Issue {
  return { ...issue, severity: 'error' }
}
