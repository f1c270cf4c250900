/** A set of rows, one bit each. */
export class RowSet {
  bits: Uint32Array

  constructor(end: number) {
    this.bits = new Uint32Array((end >>> 5) + 1)
  }

  add(row: number): void {
    const at = row >>> 5
    if (at >= this.bits.length) this.#grow(at + 1)
    this.bits[at]! |= 1 << (row & 31)
  }

  has(row: number): boolean {
    return ((this.bits[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0
  }

  /** Adds the rows of a list of decimal numbers with commas between them. */
  addList(list: string): void {
    let row = 0
    for (let at = 0; at < list.length; at++) {
      const unit = list.charCodeAt(at)
      if (unit === 44) {
        this.add(row)
        row = 0
      } else row = row * 10 + unit - 48
    }
    this.add(row)
  }

  count(): number {
    let count = 0
    for (const word of this.bits) {
      const pairs = word - ((word >>> 1) & 0x55555555)
      const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
      count += Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
    }
    return count
  }

  isEmpty(): boolean {
    return this.bits.every((word) => word === 0)
  }

  /** The rows, of which there are `count`, in order. */
  toList(count: number): Uint32Array {
    const list = new Uint32Array(count)
    let at = 0
    this.forEach((row) => {
      list[at++] = row
    })
    return list
  }

  /** The rows that are in both. */
  and(other: RowSet): RowSet {
    const both = new RowSet(0)
    both.bits = this.bits.slice(0, Math.min(this.bits.length, other.bits.length))
    for (let at = 0; at < both.bits.length; at++) both.bits[at]! &= other.bits[at]!
    return both
  }

  /** The rows that are in one of them. */
  or(other: RowSet): RowSet {
    const [longer, shorter] = this.bits.length >= other.bits.length ? [this, other] : [other, this]
    const either = new RowSet(0)
    either.bits = longer.bits.slice()
    for (let at = 0; at < shorter.bits.length; at++) either.bits[at]! |= shorter.bits[at]!
    return either
  }

  without(other: RowSet): RowSet {
    const rest = new RowSet(0)
    rest.bits = this.bits.slice()
    const shared = Math.min(this.bits.length, other.bits.length)
    for (let at = 0; at < shared; at++) rest.bits[at]! &= ~other.bits[at]!
    return rest
  }

  forEach(visit: (row: number) => void): void {
    for (let at = 0; at < this.bits.length; at++) {
      for (let left = this.bits[at]!; left !== 0; left &= left - 1) visit(at * 32 + 31 - Math.clz32(left & -left))
    }
  }

  static all(end: number): RowSet {
    const set = new RowSet(end)
    set.bits.fill(0xffffffff)
    return set
  }

  #grow(length: number): void {
    const larger = new Uint32Array(Math.max(length, Math.ceil(this.bits.length * 1.25)))
    larger.set(this.bits)
    this.bits = larger
  }
}
