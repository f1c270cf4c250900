/** How far above the usual time of a host an answer must lie to count as slow. */
const slowFactor = 3
const firstPauseMs = 1000

export interface HostPaceOptions {
  /** Answers that are faster than this are never slow, in milliseconds. */
  slowMs: number
  /** Longest pause, in milliseconds. */
  maxPauseMs: number
}

/**
 * Finds the pause before the next request to a host: none while it answers as it usually does, longer and longer while its answers get slower,
 * and soon none again when they get faster. A host that is always slow is taken as it is.
 */
export class HostPace {
  readonly #options: HostPaceOptions
  #usualMs: number | undefined
  #recentMs = 0
  #pauseMs = 0
  #lastTurn = Number.NEGATIVE_INFINITY
  #heldUntil = Number.NEGATIVE_INFINITY

  constructor(options: HostPaceOptions) {
    this.#options = options
  }

  get pauseMs(): number {
    return this.#pauseMs
  }

  /** How long a request must wait, the pause behind the one before it; each call is one request. @param now - In milliseconds of a clock that is never set. */
  takeTurn(now: number): number {
    const turn = Math.max(now + this.#pauseMs, this.#lastTurn + this.#pauseMs, this.#heldUntil)
    this.#lastTurn = turn
    return turn - now
  }

  /** How long no request may be sent. */
  heldMs(now: number): number {
    return Math.max(this.#heldUntil - now, 0)
  }

  /** Keeps back all requests until a time that the host has named. */
  hold(until: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, until)
  }

  /** Notes how long an answer took to begin. */
  note(ms: number): void {
    const { slowMs, maxPauseMs } = this.#options
    this.#recentMs = this.#usualMs === undefined ? ms : (this.#recentMs + ms) / 2
    // Down at once, up slowly: what lasts for some hundred answers is usual.
    this.#usualMs = this.#usualMs === undefined || ms < this.#usualMs ? ms : this.#usualMs * 0.99 + ms * 0.01
    if (this.#recentMs > slowMs && this.#recentMs > this.#usualMs * slowFactor) {
      this.#pauseMs = Math.min(Math.max(this.#pauseMs * 1.5, this.#recentMs), maxPauseMs)
    } else this.#pauseMs = this.#pauseMs < 100 ? 0 : this.#pauseMs / 2
  }

  /** Notes that the host says it is asked too much. */
  noteOverload(): void {
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, firstPauseMs), this.#options.maxPauseMs)
  }
}
