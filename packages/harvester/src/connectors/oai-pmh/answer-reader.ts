import type { Worker } from 'node:worker_threads'
import { startWorkerThread, toTransfer } from '../../worker-thread.js'
import { XmlFault } from '../../xml/element-reader.js'
import { toLineItems } from '../line-item.js'
import type { AnswerOptions } from './answer-options.js'
import type { AnswerResult, AnswerTask, UsedRoom } from './answer-worker.js'
import { type OaiAnswer, parseAnswer } from './response-parser.js'

/** Reads the bodies of answers. A body may be gone to another thread meanwhile: it comes back with what was read. */
export type AnswerReader = (body: Buffer, contentType: string | undefined, options: AnswerOptions) => Promise<ReadAnswer>

export interface ReadAnswer extends OaiAnswer {
  body: Buffer
}

/** Reads in the thread that asks. */
export const readHere: AnswerReader = async (body, contentType, options) => ({ ...parseAnswer(body, contentType, options), body })

interface Thread {
  worker: Worker
  waiting: Map<number, { resolve: (answer: ReadAnswer) => void; reject: (error: Error) => void }>
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
      thread.worker.postMessage(task, toTransfer(body))
    })
}

function startThread(): Thread {
  const worker = startWorkerThread('connectors/oai-pmh/answer-worker', { resourceLimits })
  const waiting: Thread['waiting'] = new Map()
  worker.on('message', (result: AnswerResult) => {
    const asker = waiting.get(result.id)
    waiting.delete(result.id)
    if ('error' in result) asker?.reject(new Error(result.error))
    else asker?.resolve(toAnswer(result, worker))
  })
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the thread that reads answers has ended')))
  return { worker, waiting }
}

function toAnswer({ answer, items, fault, body }: Exclude<AnswerResult, { error: string }>, worker: Worker): ReadAnswer {
  const room = items.lines.buffer
  const giveBack = () => worker.postMessage({ room } satisfies UsedRoom, [room])
  return {
    ...answer,
    items: toLineItems(items, giveBack),
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    ...(fault ? { fault: new XmlFault(fault.kind, fault.message) } : {}),
  }
}
