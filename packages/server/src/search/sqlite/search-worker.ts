import { workerData } from 'node:worker_threads'
import { understandQuery } from '../understanding/understand-query.js'
import { Searcher } from './searcher.js'
import { serveThread } from './serve-thread.js'

serveThread(() => new Searcher((workerData as { file: string }).file))

// Loads dictionary and vocabularies before the first teacher waits for it.
setImmediate(() => understandQuery({ text: '数学', lang: 'zh-Hans' }))
