/** Where a page ends: the value that is sorted by (score or date), then the tie-break, then the row. */
export interface Place {
  value: number
  tie: number
  row: number
}

/** True when `a` stands before `b`: the greater value first, then the smaller tie. */
export function isBefore(a: Place, b: Place): boolean {
  if (a.value !== b.value) return a.value > b.value
  if (a.tie !== b.tie) return a.tie < b.tie
  return a.row < b.row
}

/** Keeps the first `limit` of all places that are offered, behind `after`. A heap whose top is the last of them. */
export class FirstRows {
  readonly #limit: number
  readonly #after: Place | undefined
  readonly #heap: Place[] = []

  constructor(limit: number, after: Place | undefined) {
    this.#limit = limit
    this.#after = after
  }

  offer(place: Place): void {
    if (this.#limit === 0 || (this.#after && !isBefore(this.#after, place))) return
    if (this.#heap.length < this.#limit) {
      this.#heap.push(place)
      this.#rise(this.#heap.length - 1)
    } else if (isBefore(place, this.#heap[0]!)) {
      this.#heap[0] = place
      this.#sink()
    }
  }

  /** True when `value` cannot be among the first any more, whatever its tie: saves making a place of it. */
  isTooLate(value: number): boolean {
    return this.#heap.length === this.#limit && (this.#limit === 0 || value < this.#heap[0]!.value)
  }

  inOrder(): Place[] {
    return [...this.#heap].sort((a, b) => (isBefore(a, b) ? -1 : 1))
  }

  #rise(from: number): void {
    const heap = this.#heap
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!isBefore(heap[parent]!, heap[at]!)) return
      ;[heap[parent], heap[at]] = [heap[at]!, heap[parent]!]
      at = parent
    }
  }

  #sink(): void {
    const heap = this.#heap
    for (let at = 0; ; ) {
      let last = at
      for (const child of [at * 2 + 1, at * 2 + 2]) if (child < heap.length && isBefore(heap[last]!, heap[child]!)) last = child
      if (last === at) return
      ;[heap[last], heap[at]] = [heap[at]!, heap[last]!]
      at = last
    }
  }
}
