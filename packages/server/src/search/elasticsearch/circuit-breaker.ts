export interface CircuitBreakerOptions {
  /** Failures in a row that open the circuit. @defaultValue 3 */
  failures?: number
  /** How long it stays open before one call may try again. @defaultValue 5,000 */
  openMs?: number
  now?: () => number
}

/** Keeps callers from waiting one after another for something that is away: after some failures in a row they are turned back at once. */
export class CircuitBreaker {
  readonly #failures: number
  readonly #openMs: number
  readonly #now: () => number
  #failed = 0
  #openUntil = 0

  constructor(options: CircuitBreakerOptions = {}) {
    this.#failures = options.failures ?? 3
    this.#openMs = options.openMs ?? 5_000
    this.#now = options.now ?? Date.now
  }

  /** How long callers are still turned back; 0 when a call may be tried. While one call tries, the others go on being turned back. */
  enter(): number {
    const waitMs = this.#openUntil - this.#now()
    if (waitMs > 0) return waitMs
    if (this.#failed >= this.#failures) this.#openUntil = this.#now() + this.#openMs
    return 0
  }

  succeeded(): void {
    this.#failed = 0
    this.#openUntil = 0
  }

  failed(): void {
    this.#failed += 1
    if (this.#failed >= this.#failures) this.#openUntil = this.#now() + this.#openMs
  }
}
