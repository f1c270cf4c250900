import { readFile, watch } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isEdufedError } from '@edufed/sdk'
import { HarvestError } from '../errors.js'
import { createFetcher } from '../fetch/create-fetcher.js'
import type { Fetcher } from '../fetch/fetcher.js'
import { redactUrl } from '../fetch/redact-url.js'
import { fetchAnswers } from '../preview/fetch-answers.js'
import type { PreviewAnswers } from '../preview/preview.js'
import { toPreview } from '../preview/to-preview.js'
import type { HarvestSource } from '../run/harvest.js'
import { exitCodes } from './exit-codes.js'
import { toPreviewText } from './preview-text.js'
import { type SourceOptions, toSource } from './source-options.js'
import { toErrorText } from './to-error-text.js'

export interface PreviewCommandOptions extends SourceOptions {
  limit: number
  show: number
  watch?: boolean
  json?: boolean
}

/** A file that is being saved is left alone for so long. */
const settleMs = 50

interface Session {
  url: string
  options: PreviewCommandOptions
  fetcher: Fetcher
  signal: AbortSignal
  /** Found out once. */
  kind?: string
  /** Fetched once. */
  fetched?: PreviewAnswers
}

/** Shows what the first records of a source become; with `--watch` again whenever the mapping is saved. @returns The exit code. */
export async function previewSource(url: string, options: PreviewCommandOptions): Promise<number> {
  if (options.watch && options.mapping === undefined)
    throw new HarvestError('EDUFED_SETTINGS_INVALID', { path: '--watch', reason: 'there is no file to watch; give it with --mapping' })
  const fetcher = createFetcher({ allowNetworks: options.allowNetwork })
  const stop = new AbortController()
  const onSignal = () => stop.abort(new Error('stopped by a signal'))
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  const session: Session = { url, options, fetcher, signal: stop.signal }
  try {
    if (options.watch) await showWhenSaved(session, options.mapping ?? '')
    else await show(session)
    return exitCodes.completed
  } catch (error) {
    if (stop.signal.aborted) return options.watch ? exitCodes.completed : exitCodes.cancelled
    throw error
  } finally {
    process.removeListener('SIGINT', onSignal)
    process.removeListener('SIGTERM', onSignal)
    fetcher.close()
  }
}

async function show(session: Session): Promise<void> {
  const { url, options, fetcher, signal } = session
  const source = await toSource(url, { ...options, ...(session.kind !== undefined && { kind: session.kind }) }, { fetcher, signal })
  session.kind = source.kind
  session.fetched ??= await fetchAnswers(source, options.limit, { fetcher, signal, now: () => new Date() })
  const preview = await toPreview(source, session.fetched, options.limit)
  if (options.json) process.stdout.write(`${JSON.stringify({ kind: source.kind, ...preview })}\n`)
  else
    process.stdout.write(
      toPreviewText(preview, { show: options.show, columns: process.stdout.columns ?? 80, title: toTitle(source, options) }),
    )
}

function toTitle({ kind }: HarvestSource, { mapping }: PreviewCommandOptions): string {
  return mapping === undefined ? `${kind}, by what is known of its format` : `${kind}, by ${basename(mapping)}`
}

/** A fault of the mapping is told, and the next time that it is saved waited for. */
async function showWhenSaved(session: Session, file: string): Promise<void> {
  const { signal, url, options } = session
  let shown: string | undefined
  const showAgain = async (): Promise<void> => {
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text === shown || text === '') return
    shown = text
    if (process.stdout.isTTY) process.stdout.write('\u001b[2J\u001b[3J\u001b[H')
    try {
      await show(session)
    } catch (error) {
      signal.throwIfAborted()
      if (!isEdufedError(error) && !(error instanceof Error && 'code' in error)) throw error
      process.stderr.write(toErrorText(error))
    }
    process.stderr.write(`\nSave ${options.mapping} to see ${redactUrl(url)} again; Ctrl+C ends.\n`)
  }
  // Editors replace a file, so that its folder is watched; from before the first look, so that nothing is missed.
  const changes = watch(dirname(resolve(file)), { signal })[Symbol.asyncIterator]()
  for (;;) {
    const change = changes.next()
    change.catch(() => {})
    await showAgain()
    if ((await change).done) return
    await delay(settleMs, undefined, { signal })
  }
}
