import { setTimeout as delay } from 'node:timers/promises'
import { HarvestError, isHarvestError } from '../../errors.js'
import { discardBody } from '../../fetch/discard-body.js'
import type { Fetcher, FetchOptions, FetchResponse } from '../../fetch/fetcher.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { RawResponse } from '../connector.js'
import type { AnswerOptions } from './answer-options.js'
import { type AnswerReader, readHere } from './answer-reader.js'
import { type LookAhead, peekToken } from './look-ahead.js'
import { type OaiArguments, type OaiVerb, toForm, toRequestUrl } from './request-url.js'
import type { OaiAnswer } from './response-parser.js'
import type { OaiPmhSettings } from './settings.js'

export interface RequestContext {
  fetcher: Fetcher
  signal: AbortSignal
  now: () => Date
  /** @default in the thread that asks */
  read?: AnswerReader
  /** Asks for the next page of a list before this one is read. */
  ahead?: LookAhead<ReceivedAnswer>
  /** Set when the repository takes no GET. */
  isPost?: boolean
}

export interface ReceivedAnswer extends OaiAnswer {
  status: number
  raw: RawResponse
  /** Set when the answer stayed broken after all attempts: what ended it. */
  failure?: HarvestError
}

const maxAttempts = 3

/**
 * Asks the repository and reads its answer, again when the answer broke off or was a fault of the server.
 *
 * @param metadataPrefix - Format of the records in the answer, which a list that goes on by token does not name.
 * @returns A whole answer, perhaps one that holds protocol errors; or one with `failure` and the records that came before the break.
 * @throws {HarvestError} When nothing of use came at all.
 */
export async function requestAnswer(
  settings: OaiPmhSettings,
  context: RequestContext,
  verb: OaiVerb,
  args: OaiArguments = {},
  metadataPrefix = args.metadataPrefix ?? '',
): Promise<ReceivedAnswer> {
  const url = toRequestUrl(settings.url, verb, args)
  let best: ReceivedAnswer | undefined
  for (let attempt = 1; ; attempt++) {
    const answer = await ((attempt === 1 ? context.ahead?.take(url) : undefined) ?? requestOnce(url, settings, context, metadataPrefix))
    if (answer.failure === undefined) return answer
    if (!best || answer.items.length >= best.items.length) best = answer
    if (attempt === maxAttempts || !isWorthAnotherTry(answer)) break
    await delay((settings.retryDelayMs ?? 2000) * 2 ** (attempt - 1), undefined, { signal: context.signal })
  }
  if (best.failure && best.items.length === 0) throw best.failure
  return best
}

/** Asks once: an answer of any kind, with `failure` when it cannot be used as it is. */
export async function requestOnce(
  url: string,
  settings: OaiPmhSettings,
  context: RequestContext,
  metadataPrefix: string,
): Promise<ReceivedAnswer> {
  const response = await send(url, settings, context)
  const contentType = toText(response.headers['content-type'])
  const chunks: Uint8Array[] = []
  let broken: HarvestError | undefined
  try {
    for await (const chunk of response.body) chunks.push(chunk)
  } catch (error) {
    context.signal.throwIfAborted()
    if (!isHarvestError(error)) throw error
    broken = error
  }
  const received = Buffer.concat(chunks)
  const next = broken || !context.ahead ? undefined : peekToken(received)
  if (next !== undefined) context.ahead?.goOn(toRequestUrl(settings.url, 'ListRecords', { resumptionToken: next }))
  const { body, ...answer } = await (context.read ?? readHere)(received, contentType, toAnswerOptions(settings, metadataPrefix))
  const raw = {
    url: toRawUrl(context.isPost ? url : response.url, metadataPrefix),
    mediaType: contentType ?? 'application/octet-stream',
    retrievedAt: context.now().toISOString(),
    body,
  }
  const failure = findFailure(answer, broken, redactUrl(response.url), response.status, body)
  return { ...answer, status: response.status, raw, ...(failure ? { failure } : {}) }
}

export function toAnswerOptions({ maxRecordChars, mapping }: OaiPmhSettings, metadataPrefix: string): AnswerOptions {
  return { metadataPrefix, maxRecordChars, ...(mapping && { mapping }) }
}

/** Sends the request by GET, or by POST where the repository takes no GET or the address is too long for it. */
async function send(url: string, settings: OaiPmhSettings, context: RequestContext): Promise<FetchResponse> {
  const { username, password } = settings
  const options: FetchOptions = {
    signal: context.signal,
    accept: 'text/xml, application/xml;q=0.9, */*;q=0.5',
    maxBytes: settings.maxPageBytes ?? 67_108_864,
    // A 500 may carry a protocol error, which is read first.
    retryStatuses: [408, 425, 429, 502, 503, 504],
    ...(settings.parallelWindows !== undefined ? { parallel: settings.parallelWindows } : {}),
    ...(username !== undefined ? { basicAuth: { username, password: password ?? '' } } : {}),
  }
  if (!context.isPost) {
    const response = await context.fetcher.get(url, options)
    if (response.status !== 405 && response.status !== 414) return response
    await discardBody(response)
    if (response.status === 405) context.isPost = true
  }
  const { url: address, form } = toForm(url)
  return await context.fetcher.get(address, { ...options, form })
}

/** Why this answer cannot be used as it is; undefined when it is whole. */
function findFailure(
  answer: OaiAnswer,
  broken: HarvestError | undefined,
  url: string,
  status: number,
  body: Buffer,
): HarvestError | undefined {
  if (answer.fault?.kind === 'doctype') return new HarvestError('EDUFED_XML_DOCTYPE', { url })
  if (answer.isOai && answer.isWhole && (answer.errors.length > 0 || status < 400)) return undefined
  if (broken) return broken
  if (status >= 400) return new HarvestError('EDUFED_FETCH_STATUS', { url, status })
  if (answer.isOai && answer.fault) return new HarvestError('EDUFED_XML_INVALID', { url, reason: answer.fault.message.replace(/\.$/, '') })
  if (answer.isOai) {
    const reason = `the document has no end; ${answer.items.length} records were read before it broke off`
    return new HarvestError('EDUFED_FETCH_TRUNCATED', { url, reason })
  }
  const head = body.subarray(0, 4096).toString('utf8')
  if (/<!doctype html|<html[\s>]/i.test(head)) {
    const title = /<title[^>]*>\s*([^<]{1,120}?)\s*</i.exec(head)?.[1]
    return new HarvestError('EDUFED_OAI_HTML', { url, title: title ? ` ("${title}")` : '' })
  }
  const reason =
    body.length === 0 ? 'the answer is empty' : answer.rootName ? `the document is a <${answer.rootName}>` : 'the answer is no XML'
  return new HarvestError('EDUFED_OAI_NOT_OAI', { url, reason })
}

function isWorthAnotherTry({ failure, status, raw }: ReceivedAnswer): boolean {
  switch (failure?.code ?? '') {
    case 'EDUFED_FETCH_STATUS':
      return status >= 500
    case 'EDUFED_OAI_NOT_OAI':
      return raw.body.length === 0
    case 'EDUFED_FETCH_TRUNCATED':
    case 'EDUFED_FETCH_TIMEOUT':
    case 'EDUFED_FETCH_BAD_ENCODING':
    case 'EDUFED_XML_INVALID':
      return true
    default:
      return false
  }
}

/** The fragment keeps the format for replay: a request by token does not name it. */
function toRawUrl(url: string, metadataPrefix: string): string {
  return metadataPrefix === '' ? url : `${url}#metadataPrefix=${encodeURIComponent(metadataPrefix)}`
}

/** The format of the records in a kept answer. */
export function toMetadataPrefix(rawUrl: string): string {
  const url = URL.canParse(rawUrl) ? new URL(rawUrl) : undefined
  return new URLSearchParams(url?.hash.slice(1)).get('metadataPrefix') ?? url?.searchParams.get('metadataPrefix') ?? ''
}

function toText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
