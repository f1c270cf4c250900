import { workerData } from 'node:worker_threads'
import { lowerPriorityOfThread } from '../../lower-priority.js'
import { IndexWriter } from './index-writer.js'
import { serveThread } from './serve-thread.js'

lowerPriorityOfThread()
serveThread(() => new IndexWriter((workerData as { file: string }).file), { whenIdle: (writer) => writer.merge() })
