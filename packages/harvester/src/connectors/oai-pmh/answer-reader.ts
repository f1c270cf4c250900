import type { Worker } from 'node:worker_threads'
import { startWorkerThread } from '../../worker-thread.js'
import { XmlFault } from '../../xml/element-reader.js'
import { toLineItems } from '../line-item.js'
import type { AnswerOptions } from './answer-options.js'
import type { AnswerResult, AnswerTask } from './answer-worker.js'
import { type OaiAnswer, parseAnswer } from './response-parser.js'

/** Reads the bodies of answers. */
export type AnswerReader = (body: Uint8Array, contentType: string | undefined, options: AnswerOptions) => Promise<OaiAnswer>

/** Reads in the thread that asks. */
export const readHere: AnswerReader = async (body, contentType, options) => parseAnswer(body, contentType, options)

interface Thread {
  worker: Worker
  waiting: Map<number, { resolve: (answer: OaiAnswer) => void; reject: (error: Error) => void }>
}

/** A page and what is made of it fit in; a thread that needs more is at fault. */
const resourceLimits = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 1024 }

/** Reads in threads beside the one that fetches and writes; they end with the signal. */
export function startReaders(threads: number, signal: AbortSignal): AnswerReader {
  const pool: Thread[] = Array.from({ length: threads }, startThread)
  let lastId = 0
  const end = () => {
    for (const { worker } of pool) void worker.terminate()
  }
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  return (body, contentType, options) =>
    new Promise((resolve, reject) => {
      const thread = pool.reduce((best, other) => (other.waiting.size < best.waiting.size ? other : best))
      const task: AnswerTask = { id: ++lastId, body, contentType, options }
      thread.waiting.set(task.id, { resolve, reject })
      thread.worker.postMessage(task)
    })
}

function startThread(): Thread {
  const worker = startWorkerThread('connectors/oai-pmh/answer-worker', { resourceLimits })
  const waiting: Thread['waiting'] = new Map()
  worker.on('message', (result: AnswerResult) => {
    const asker = waiting.get(result.id)
    waiting.delete(result.id)
    if ('error' in result) asker?.reject(new Error(result.error))
    else asker?.resolve(toAnswer(result))
  })
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the thread that reads answers has ended')))
  return { worker, waiting }
}

function toAnswer({ answer, items, fault }: Exclude<AnswerResult, { error: string }>): OaiAnswer {
  return { ...answer, items: toLineItems(items), ...(fault ? { fault: new XmlFault(fault.kind, fault.message) } : {}) }
}
