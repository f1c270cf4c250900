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

  constructor(options: HostPaceOptions) {
    this.#options = options
  }

  get pauseMs(): number {
    return this.#pauseMs
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
