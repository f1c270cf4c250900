import { workerData } from 'node:worker_threads'
import { IndexWriter } from './index-writer.js'
import { serveThread } from './serve-thread.js'

serveThread(() => new IndexWriter((workerData as { file: string }).file), { whenIdle: (writer) => writer.merge() })
