import { workerData } from 'node:worker_threads'
import { IndexWriter } from './index-writer.js'
import { serveThread } from './serve-thread.js'

const writer = new IndexWriter((workerData as { file: string }).file)

serveThread(writer, () => writer.merge())
