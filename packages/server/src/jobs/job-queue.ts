/** A piece of work handed to one process at a time. When its process dies, the lease runs out and another takes it. */
export interface Job {
  id: string
  kind: string
  key: string
  payload: Record<string, unknown>
  attempts: number
}

/** Port: work that survives the process, shared by all processes of a node. */
export interface JobQueue {
  /** Queues a job. @returns false when one of this kind and key is open already. */
  enqueue(job: { kind: string; key: string; payload: Record<string, unknown>; runAt?: Date }): Promise<boolean>
  /** Starts to run jobs of a kind: at most `concurrency` at a time in this process. */
  work(kind: string, options: { concurrency: number }, handler: (job: Job, signal: AbortSignal) => Promise<void>): void
  /** Runs `task` in one process of the node at a time, for as long as the process holds the lease; starts it again when it ends or throws. */
  lead(name: string, task: (signal: AbortSignal) => Promise<void>): void
  /** Stops taking work, aborts what runs, waits for it and gives the leases back. */
  stop(): Promise<void>
}
