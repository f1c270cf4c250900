import type { Issue } from '@edufed/sdk/schemas'
import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import { isObject, type JsonObject } from '../../crosswalks/json-value.js'
import { toWebUrl } from '../../quality/url.js'
import type { HarvestItem, RawResponse } from '../connector.js'
import { type PageContent, readPageContent } from './page-content.js'
import type { SitemapSettings } from './settings.js'
import { dublinCoreToDraft, jsonLdToDraft, titleToDraft } from './to-draft.js'

/** Types that never are what a page is about; the page itself is so only when nothing else is there. */
const neverResources =
  /^(Organization|EducationalOrganization|CollegeOrUniversity|School|Person|WebSite|BreadcrumbList|ListItem|ImageObject|SearchAction|Place|PostalAddress|SiteNavigationElement|WPHeader|WPFooter|AggregateRating|Review|Offer|LocalBusiness|Corporation|NGO|Event|FAQPage|Question|Answer)$/
const pageTypes = /^(WebPage|ItemPage|AboutPage|CollectionPage|ContactPage|ProfilePage|SearchResultsPage|CheckoutPage)$/
const maxNodes = 1000

/** The records of a page: none when the page says nothing about a resource. The same bytes give the same items. */
export function toItems(
  raw: Pick<RawResponse, 'body' | 'mediaType'>,
  url: string,
  lastmod: string | undefined,
  settings: SitemapSettings,
): HarvestItem[] {
  const content = readPageContent(raw)
  const faults = content.jsonLdFaults.map(toFault)
  const head = { type: 'record' as const, ...(lastmod && { datestamp: lastmod }) }
  const language = content.language ?? settings.language
  const nodes = chooseNodes(content.jsonLd)
  if (nodes.length > 0) {
    return nodes.map((node, index) => {
      const result = nodes.length === 1 ? jsonLdToDraft(content.jsonLd, url, language) : jsonLdToDraft([node], url, language)
      const identifier = nodes.length === 1 ? url : (toNodeId(node, url) ?? `${url}#${index + 1}`)
      return { ...head, identifier, metadataPrefix: 'json-ld', ...result, issues: [...(index === 0 ? faults : []), ...result.issues] }
    })
  }
  const other = toOther(content, settings)
  if (!other) return faults.length > 0 ? [{ ...head, identifier: url, metadataPrefix: 'json-ld', issues: faults.map(asError) }] : []
  const result = withUrl(other.result, url)
  return [{ ...head, identifier: url, metadataPrefix: other.metadataPrefix, ...result, issues: [...faults, ...result.issues] }]
}

function toOther(content: PageContent, settings: SitemapSettings): { metadataPrefix: string; result: CrosswalkResult } | undefined {
  const dublinCore = dublinCoreToDraft(content)
  if (dublinCore) return { metadataPrefix: 'html-dc', result: dublinCore }
  return settings.titleOnly === true ? { metadataPrefix: 'html', result: titleToDraft(content, settings.language) } : undefined
}

/** The nodes that describe resources: learning resources, else other works, else the page; each `@id` once. */
function chooseNodes(blocks: readonly unknown[]): JsonObject[] {
  const nodes = blocks.flatMap((block) => flatten(block)).slice(0, maxNodes)
  const candidates = nodes.filter((node) => typesOf(node).length > 0 && !typesOf(node).some((type) => neverResources.test(type)))
  const learning = candidates.filter((node) => typesOf(node).includes('LearningResource'))
  const works = candidates.filter((node) => !typesOf(node).some((type) => pageTypes.test(type)))
  const chosen = learning.length > 0 ? learning : works.length > 0 ? works : candidates.slice(0, 1)
  const seen = new Set<unknown>()
  return chosen.filter((node) => {
    const id = node['@id'] ?? node.id
    return id === undefined || (!seen.has(id) && seen.add(id))
  })
}

function flatten(block: unknown): JsonObject[] {
  if (Array.isArray(block)) return block.slice(0, maxNodes).flatMap((part) => (isObject(part) ? flatten(part) : []))
  if (!isObject(block)) return []
  const graph = block['@graph']
  const inner = graph === undefined ? [] : (Array.isArray(graph) ? graph : [graph]).slice(0, maxNodes).filter(isObject)
  const main = isObject(block.mainEntity) ? [block.mainEntity] : []
  return [...(typesOf(block).length > 0 ? [block] : []), ...inner, ...main]
}

function typesOf(node: JsonObject): string[] {
  const types = node['@type'] ?? node.type
  return (Array.isArray(types) ? types : [types]).filter((type) => typeof type === 'string').map((type) => type.replace(/^.*[/:#]/, ''))
}

function toNodeId(node: JsonObject, url: string): string | undefined {
  const id = node['@id'] ?? node.id ?? node.url
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
