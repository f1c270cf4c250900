import { parentPort } from 'node:worker_threads'
import { type ItemLines, ItemLineWriter } from '../line-item.js'
import type { AnswerOptions } from './answer-options.js'
import { type OaiAnswer, parseAnswerInto } from './response-parser.js'

/** A body to read. */
export interface AnswerTask {
  id: number
  body: Uint8Array
  contentType: string | undefined
  options: AnswerOptions
}

/** What was read, or why it could not be. */
export type AnswerResult =
  | { id: number; answer: Omit<OaiAnswer, 'items' | 'fault'>; fault?: { kind: 'invalid' | 'doctype'; message: string }; items: ItemLines }
  | { id: number; error: string }

parentPort?.on('message', ({ id, body, contentType, options }: AnswerTask) => {
  try {
    const { items, fault, ...answer } = parseAnswerInto(body, contentType, options, () => new ItemLineWriter(body.length * 2))
    const lines = items.end()
    const result: AnswerResult = { id, answer, items: lines, ...(fault ? { fault: { kind: fault.kind, message: fault.message } } : {}) }
    parentPort?.postMessage(result, [lines.lines.buffer, lines.heads.buffer])
  } catch (error) {
    const result: AnswerResult = { id, error: error instanceof Error ? error.message : String(error) }
    parentPort?.postMessage(result)
  }
})
