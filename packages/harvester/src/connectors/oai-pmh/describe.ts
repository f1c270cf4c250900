import type { Issue } from '@edufed/sdk/schemas'
import { HarvestError, isHarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { findChild, findChildren, findPath, textOf, type XmlElement } from '../../xml/element.js'
import type { ConnectorContext, SourceDescription } from '../connector.js'
import { type Granularity, parseGranularity } from './datestamp.js'
import { chooseFormat, toMetadataFormat } from './formats.js'
import { type ReceivedAnswer, type RequestContext, requestAnswer } from './request-answer.js'
import type { OaiVerb } from './request-url.js'
import type { OaiPmhSettings } from './settings.js'
import type { TimeSpan } from './window.js'

/** What a repository says about itself, as far as harvesting it needs to know. */
export interface Repository extends SourceDescription, TimeSpan {
  granularity: Granularity
}

/** Reads Identify, ListMetadataFormats and ListSets. */
export async function describeRepository(
  settings: OaiPmhSettings,
  context: Pick<ConnectorContext, 'fetcher' | 'signal'>,
): Promise<SourceDescription> {
  const request = { ...context, now: () => new Date() }
  const { granularity: _, earliest: __, latest: ___, ...description } = await readRepository(settings, request)
  const sets = await readSets(settings, request, description.issues)
  return { ...description, ...(sets ? { sets } : {}) }
}

/** Reads Identify and ListMetadataFormats. A fault in one of them is an issue as long as records can be asked for. */
export async function readRepository(settings: OaiPmhSettings, context: RequestContext): Promise<Repository> {
  const issues: Issue[] = []
  const answer = await requestPart(settings, context, 'Identify', issues)
  const identify = answer?.identify
  const earliest = textOf(findChild(identify, 'earliestDatestamp'))
  const formats = await readFormats(settings, context, issues)
  const name = textOf(findChild(identify, 'repositoryName'))
  const deletedRecord = toDeletedRecord(textOf(findChild(identify, 'deletedRecord')), issues)
  return {
    ...(name ? { name } : {}),
    authority: findAuthority(identify) ?? new URL(settings.url).hostname,
    metadataPrefix: choosePrefix(settings, formats, issues),
    formats: formats.map((format) => format.metadataPrefix),
    ...(deletedRecord ? { deletedRecord } : {}),
    granularity: parseGranularity(textOf(findChild(identify, 'granularity'))),
    ...(earliest ? { earliest } : {}),
    ...(answer?.responseDate ? { latest: answer.responseDate } : {}),
    issues,
  }
}

async function readFormats(settings: OaiPmhSettings, context: RequestContext, issues: Issue[]) {
  const answer = await requestPart(settings, context, 'ListMetadataFormats', issues)
  return (answer?.formats ?? []).map(toMetadataFormat).filter((format) => format !== undefined)
}

async function readSets(settings: OaiPmhSettings, context: RequestContext, issues: Issue[]): Promise<SourceDescription['sets']> {
  const sets: NonNullable<SourceDescription['sets']> = []
  const tokens = new Set<string>()
  let token: string | undefined
  do {
    const answer = await requestPart(settings, context, 'ListSets', issues, token)
    if (!answer) return sets.length > 0 ? sets : undefined
    for (const element of answer.sets) {
      const setSpec = textOf(findChild(element, 'setSpec'))
      if (setSpec) sets.push({ setSpec, name: textOf(findChild(element, 'setName')) ?? setSpec })
    }
    token = answer.token?.value
    if (token && tokens.has(token)) return sets
    if (token) tokens.add(token)
  } while (token && sets.length < 100_000)
  return sets
}

/** An answer to a question that the harvest can go on without; the fault is put among the issues. */
async function requestPart(
  settings: OaiPmhSettings,
  context: RequestContext,
  verb: OaiVerb,
  issues: Issue[],
  resumptionToken?: string,
): Promise<ReceivedAnswer | undefined> {
  try {
    const answer = await requestAnswer(settings, context, verb, resumptionToken ? { resumptionToken } : {})
    for (const issue of answer.issues) issues.push(issue)
    const [error] = answer.errors
    if (!error) return answer
    if (error.code !== 'noSetHierarchy') {
      issues.push({
        code: `source.${verb}`,
        path: verb,
        message: `${verb} answers with the error ${error.code}: ${error.message}`,
        severity: 'warning',
      })
    }
    return undefined
  } catch (error) {
    // Who cannot answer Identify with OAI-PMH at all is no repository.
    if (verb === 'Identify' || !isHarvestError(error) || !isAnswerFault(error)) throw error
    issues.push({ code: `source.${verb}`, path: verb, message: error.message, severity: 'warning' })
    return undefined
  }
}

function isAnswerFault({ code }: HarvestError): boolean {
  return (
    code.startsWith('EDUFED_OAI_') || code.startsWith('EDUFED_XML_') || code === 'EDUFED_FETCH_STATUS' || code === 'EDUFED_FETCH_TRUNCATED'
  )
}

function findAuthority(identify: XmlElement | undefined): string | undefined {
  const name = findChildren(identify, 'description')
    .map((description) => textOf(findPath(description, 'oai-identifier', 'repositoryIdentifier')))
    .find((text) => text !== undefined)
  return name && /^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/.test(name) ? name.toLowerCase() : undefined
}

function toDeletedRecord(text: string | undefined, issues: Issue[]): SourceDescription['deletedRecord'] {
  const value = text?.toLowerCase()
  if (value === 'no' || value === 'transient' || value === 'persistent') return value
  const message = `Identify should say how deletions are told (deletedRecord: no, transient or persistent)${text ? `, not "${text.slice(0, 40)}"` : ''}`
  issues.push({ code: 'source.deletedRecord', path: 'Identify/deletedRecord', message, severity: 'warning' })
  return undefined
}

function choosePrefix(settings: OaiPmhSettings, formats: { metadataPrefix: string; namespace: string }[], issues: Issue[]): string {
  const wanted = settings.metadataPrefix
  if (wanted !== undefined) {
    if (formats.length > 0 && !formats.some((format) => format.metadataPrefix === wanted)) {
      const message = `The format "${wanted}" is not among those on offer: ${formats.map((format) => format.metadataPrefix).join(', ')}`
      issues.push({ code: 'source.format', path: 'ListMetadataFormats', message, severity: 'warning' })
    }
    return wanted
  }
  if (formats.length === 0) return 'oai_dc'
  // A mapping reads what no crosswalk does.
  const only = settings.mapping && formats.length === 1 ? formats[0]?.metadataPrefix : undefined
  const chosen = chooseFormat(formats) ?? only
  if (chosen !== undefined) return chosen
  const names = formats.map((format) => format.metadataPrefix).join(', ')
  throw new HarvestError('EDUFED_OAI_NO_FORMAT', { url: redactUrl(settings.url), formats: names })
}
