import { randomUUID } from 'node:crypto'

/** How long leases last, and who holds them. */
export interface LeaseOptions {
  /** Names this process in the tables; a random part is added, so that a process that starts again is another one. */
  ownerId: string
  /** A lease that its process does not renew runs out after so long; clocks of processes may differ by a fraction of it. @default 30000 */
  leaseMs?: number
  /** How often to look for work that others queued, and for leases to renew. @default 1000 */
  pollMs?: number
  /** @default () => new Date() */
  clock?: () => Date
}

export interface LeaseClock {
  readonly ownerId: string
  readonly pollMs: number
  /** How often a lease is renewed: three times before it runs out. */
  readonly renewMs: number
  now(): string
  leaseEnd(): string
}

export function createLeaseClock({ ownerId, leaseMs = 30_000, pollMs = 1_000, clock = () => new Date() }: LeaseOptions): LeaseClock {
  return {
    ownerId: `${ownerId}#${randomUUID().slice(0, 8)}`,
    pollMs,
    renewMs: Math.max(Math.floor(leaseMs / 3), 1),
    now: () => clock().toISOString(),
    leaseEnd: () => new Date(clock().getTime() + leaseMs).toISOString(),
  }
}
