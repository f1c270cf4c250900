import type { LockHolder } from './file-lock.js'
import type { SqlAnswer } from './libsql-connection.js'

/** What a connection's thread is started with. */
export interface WorkerSettings {
  file: string
  role: 'writer' | 'reader'
}

export type WorkerRequest =
  | { id: number; type: 'open' | 'rollback' | 'close' }
  | { id: number; type: 'query'; sql: string; parameters: readonly unknown[] }
  | { id: number; type: 'task'; name: string; parameters: unknown }

export interface WorkerAnswer {
  id: number
  answer?: SqlAnswer
  /** What a task gave. */
  value?: unknown
  error?: { message: string; code: string }
  /** Answer to `open` when another process has the file. */
  heldBy?: LockHolder
}
