import { workerData } from 'node:worker_threads'
import { analyzeQuery } from '../analysis/index.js'
import { Searcher } from './searcher.js'
import { serveThread } from './serve-thread.js'

serveThread(() => new Searcher((workerData as { file: string }).file))

// Loads the dictionary before the first teacher waits for it.
setImmediate(() => analyzeQuery('数学'))
