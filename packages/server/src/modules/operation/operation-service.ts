import type { Database } from '../../database/database.js'
import type { Indexer } from '../../search/indexer.js'
import type { SearchIndex } from '../../search/search-index.js'

/** A part of the node, and whether it can do its work. */
export interface ReadinessCheck {
  name: 'database' | 'search' | 'indexer'
  isReady: boolean
  detail?: string
}

export interface OperationServiceOptions {
  database: Database
  searchIndex: SearchIndex
  indexer: Indexer
}

const checkMs = 3_000

/** Looks whether the parts of the node can work. */
export class OperationService {
  readonly #options: OperationServiceOptions

  constructor(options: OperationServiceOptions) {
    this.#options = options
  }

  async check(): Promise<ReadinessCheck[]> {
    return Promise.all([
      checked('database', async () => {
        await this.#options.database.read.selectFrom('node_meta').select('key').limit(1).execute()
        return { isReady: true }
      }),
      checked('search', async () => {
        const { isAvailable, detail, refused } = await this.#options.searchIndex.status()
        const missing = refused && `it refuses ${refused.count} documents, which cannot be found; see /api/v1/index`
        const said = detail ?? missing
        return { isReady: isAvailable, ...(said === undefined ? {} : { detail: `${this.#options.searchIndex.engine}: ${said}` }) }
      }),
      checked('indexer', async () => {
        const { lag, lastError } = await this.#options.indexer.status()
        const behind = lag > 0 ? `${lag} changes are not in the search index yet` : undefined
        // Being behind is no fault: it catches up. Not being able to write is one.
        const detail = [behind, lastError && `${lastError.code}: ${lastError.message}`].filter(Boolean).join('; ')
        return { isReady: lastError === undefined, ...(detail === '' ? {} : { detail }) }
      }),
    ])
  }
}

async function checked(name: ReadinessCheck['name'], work: () => Promise<Omit<ReadinessCheck, 'name'>>): Promise<ReadinessCheck> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${checkMs} ms`)), checkMs)
  })
  try {
    return { name, ...(await Promise.race([work(), timeout])) }
  } catch (error) {
    return { name, isReady: false, detail: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}
