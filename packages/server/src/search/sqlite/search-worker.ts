import { workerData } from 'node:worker_threads'
import { createDictionary, useDictionary } from '../dictionary/dictionary.js'
import { understandQuery } from '../understanding/understand-query.js'
import { Searcher } from './searcher.js'
import { serveThread } from './serve-thread.js'
import type { ThreadData } from './worker-messages.js'

const { file, addedWords } = workerData as ThreadData
useDictionary(createDictionary(addedWords))
serveThread(() => new Searcher(file), {
  // Loads dictionary and vocabularies before the first teacher waits for it, but not while a node waits for the thread to open.
  onceOpen: () => void understandQuery({ text: '数学', lang: 'zh-Hans' }),
})
