const tailBytes = 4096
const lastToken =
  /<(?:[\w.-]+:)?resumptionToken(?:\s[^<>]*)?>\s*([!-%'-;=-~]+)\s*<\/(?:[\w.-]+:)?resumptionToken\s*>\s*<\/(?:[\w.-]+:)?ListRecords\s*>\s*<\/(?:[\w.-]+:)?OAI-PMH\s*>\s*$/

/** The token at the end of a page as it came, when the page has an end and the token is plainly written. */
export function peekToken(body: Uint8Array): string | undefined {
  const tail = body.subarray(Math.max(body.length - tailBytes, 0))
  return lastToken.exec(Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength).toString('latin1'))?.[1]
}

/** Asks for the next pages of a list, one after the other, while those before them are still being read. */
export class LookAhead<Answer> {
  readonly #depth: number
  readonly #request: (url: string) => Promise<Answer>
  #asked: { url: string; answer: Promise<Answer> }[] = []
  #next: string | undefined

  /** @param depth - How many pages may be under way or wait to be taken. */
  constructor(depth: number, request: (url: string) => Promise<Answer>) {
    this.#depth = depth
    this.#request = request
  }

  /** Tells where the list goes on behind the page that has just come. */
  goOn(url: string): void {
    this.#next = url
    this.#ask()
  }

  /** The answer to a request, when it was asked for; what was asked for of another list is dropped. */
  take(url: string): Promise<Answer> | undefined {
    const first = this.#asked.shift()
    if (first && first.url !== url) this.#asked = []
    this.#ask()
    return first?.url === url ? first.answer : undefined
  }

  #ask(): void {
    const url = this.#next
    if (url === undefined || this.#asked.length >= this.#depth) return
    this.#next = undefined
    const answer = this.#request(url)
    // Whoever takes the answer learns of its failure.
    answer.catch(() => {})
    this.#asked.push({ url, answer })
  }
}
