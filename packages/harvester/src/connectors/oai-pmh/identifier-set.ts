/** A set of texts that takes 8 to 16 bytes an entry, so that it stays small at millions of records. Two texts are confused once in 2^52 pairs. */
export class IdentifierSet {
  #slots = new Float64Array(1024)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** @returns False when the text was there already. */
  add(text: string): boolean {
    if (this.#size * 2 > this.#slots.length) this.#grow()
    const isNew = insert(this.#slots, toHash(text))
    if (isNew) this.#size++
    return isNew
  }

  has(text: string): boolean {
    const slots = this.#slots
    const hash = toHash(text)
    for (let index = hash % slots.length; slots[index] !== 0; index = (index + 1) % slots.length) {
      if (slots[index] === hash) return true
    }
    return false
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2)
    for (const hash of this.#slots) if (hash !== 0) insert(larger, hash)
    this.#slots = larger
  }
}

function insert(slots: Float64Array, hash: number): boolean {
  let index = hash % slots.length
  while (slots[index] !== 0) {
    if (slots[index] === hash) return false
    index = (index + 1) % slots.length
  }
  slots[index] = hash
  return true
}

/** 52 bits of two multiplicative hashes (cyrb53), never 0. */
function toHash(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return ((b >>> 0) % 0x100000) * 0x100000000 + (a >>> 0) + 1
}
