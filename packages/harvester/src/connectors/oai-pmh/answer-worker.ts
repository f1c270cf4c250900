import { parentPort } from 'node:worker_threads'
import { toTransfer } from '../../worker-thread.js'
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

/** Room for lines that the asker needs no longer. */
export interface UsedRoom {
  room: ArrayBuffer
}

/** What was read, or why it could not be; the body goes back to the asker. */
export type AnswerResult = { id: number; body: Uint8Array } & (
  | { answer: Omit<OaiAnswer, 'items' | 'fault'>; fault?: { kind: 'invalid' | 'doctype'; message: string }; items: ItemLines }
  | { error: string }
)

const maxRooms = 4
const rooms: ArrayBuffer[] = []

parentPort?.on('message', (message: AnswerTask | UsedRoom) => {
  if (!('room' in message)) answer(message)
  else if (rooms.length < maxRooms) rooms.push(message.room)
})

function answer({ id, body, contentType, options }: AnswerTask): void {
  try {
    const { items, fault, ...rest } = parseAnswerInto(body, contentType, options, () => new ItemLineWriter(body.length * 2, rooms.pop()))
    const lines = items.end()
    const result: AnswerResult = {
      id,
      body,
      answer: rest,
      items: lines,
      ...(fault ? { fault: { kind: fault.kind, message: fault.message } } : {}),
    }
    parentPort?.postMessage(result, [lines.lines.buffer, lines.heads.buffer, ...toTransfer(body)])
  } catch (error) {
    const result: AnswerResult = { id, body, error: error instanceof Error ? error.message : String(error) }
    parentPort?.postMessage(result, toTransfer(body))
  }
}
