import { workerData } from 'node:worker_threads'
import { Searcher } from './searcher.js'
import { serveThread } from './serve-thread.js'

serveThread(new Searcher((workerData as { file: string }).file))
