import type { Adapters } from '../adapters.js'
import { VerificationService } from '../modules/operation/index.js'
import type { IndexVerification } from '../search/index-verification.js'

/** Compares the index with the catalogue in this process, tells on stderr how far it is, and keeps the report where the server shows it. */
export async function verifyIndex(adapters: Adapters, { isDryRun }: { isDryRun: boolean }): Promise<IndexVerification> {
  const { database, indexer, jobs, logger: log } = adapters
  const stop = new AbortController()
  const interrupt = () => stop.abort(new Error('It was interrupted; what was healed so far stays healed'))
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  let shownAt = 0
  const found = await indexer.verify({
    isDryRun,
    signal: stop.signal,
    onProgress: ({ documents }) => {
      if (Date.now() - shownAt < 1_000) return
      shownAt = Date.now()
      process.stderr.write(`${documents} documents compared\n`)
    },
  })
  const { outcome, missing, stale, surplus, altered, ahead, healed, left, pending, refused } = found
  process.stderr.write(
    `${outcome}: ${missing} missing, ${stale} stale, ${surplus} too many, ${altered} altered, ${ahead} ahead; ${healed} healed, ${left} left; ` +
      `${pending} not followed yet, ${refused} refused by the engine\n`,
  )
  await new VerificationService({ database, indexer, jobs, everyHours: 0, now: () => new Date(), log }).keep(found)
  return found
}
