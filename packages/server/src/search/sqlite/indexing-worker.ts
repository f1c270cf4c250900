import { workerData } from 'node:worker_threads'
import { lowerPriorityOfThread } from '../../lower-priority.js'
import { createDictionary, useDictionary } from '../dictionary/dictionary.js'
import { IndexWriter } from './index-writer.js'
import { serveThread } from './serve-thread.js'
import type { ThreadData } from './worker-messages.js'

const { file, addedWords } = workerData as ThreadData
lowerPriorityOfThread(19)
useDictionary(createDictionary(addedWords))
serveThread(() => new IndexWriter(file), { whenIdle: (writer) => writer.merge() })
