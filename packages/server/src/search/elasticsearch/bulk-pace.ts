/** Requests taken one after the other before more is tried again. */
const takenBeforeMore = 8
const leastBytes = 64 * 1024

/**
 * How large bulk requests are made and how many are under way, by what the cluster takes: a request that was too large halves the size for
 * good, a busy cluster gets one smaller request at a time, and more again step by step when it keeps up.
 */
export class BulkPace {
  readonly #most: { bytes: number; concurrency: number }
  #longest: number
  #bytes: number
  #concurrency: number
  #taken = 0

  constructor(most: { bytes: number; concurrency: number }) {
    this.#most = most
    this.#longest = most.bytes
    this.#bytes = most.bytes
    this.#concurrency = most.concurrency
  }

  get bytes(): number {
    return this.#bytes
  }

  get concurrency(): number {
    return this.#concurrency
  }

  tooLarge(bytes: number): void {
    this.#longest = Math.max(Math.min(leastBytes, this.#most.bytes), Math.min(this.#longest, bytes >> 1))
    this.#bytes = Math.min(this.#bytes, this.#longest)
  }

  busy(): void {
    this.#taken = 0
    this.#concurrency = 1
    this.#bytes = Math.max(Math.min(leastBytes, this.#longest), this.#bytes >> 1)
  }

  taken(): void {
    this.#taken += 1
    if (this.#taken < takenBeforeMore) return
    this.#taken = 0
    this.#bytes = Math.min(this.#longest, this.#bytes * 2)
    this.#concurrency = Math.min(this.#most.concurrency, this.#concurrency + 1)
  }
}
