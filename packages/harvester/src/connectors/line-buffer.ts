import { type JsonOutput, type SharedText, writeJson } from './json-text.js'

/** Shorter texts are joined to what stands beside them. */
const minSharedLength = 64

/** Gathers lines of JSON as UTF-8. */
export class LineBuffer implements JsonOutput {
  readonly #firstBytes: number
  #bytes: Buffer<ArrayBuffer>
  #length = 0
  /** What was added since bytes were last written: few long texts become bytes faster than many short ones. */
  #pending = ''

  /**
   * @param firstBytes - Room to begin with; it grows as it must.
   * @param used - Room that is no longer needed elsewhere, taken instead.
   */
  constructor(firstBytes = 65_536, used?: ArrayBuffer) {
    this.#firstBytes = firstBytes
    this.#bytes = used ? Buffer.from(used) : Buffer.allocUnsafeSlow(firstBytes)
  }

  /** Bytes of the lines that are complete. */
  get byteLength(): number {
    return this.#length
  }

  /** Adds a value as a line. */
  addLine(value: unknown): void {
    writeJson(value, this)
    this.#pending += '\n'
    this.#write()
  }

  add(text: string): void {
    this.#pending += text
  }

  addShared(shared: SharedText): void {
    if (shared.text.length < minSharedLength) {
      this.#pending += shared.text
      return
    }
    this.#write()
    const { bytes } = shared
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** All that was added; the next lines begin anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.end()
    this.#bytes = Buffer.allocUnsafeSlow(this.#firstBytes)
    this.#length = 0
    return taken
  }

  /** All that was added, where nothing follows. */
  end(): Uint8Array<ArrayBuffer> {
    this.#write()
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset, this.#length)
  }

  #write(): void {
    if (this.#pending === '') return
    // A UTF-16 unit takes three bytes at most.
    this.#makeRoom(this.#pending.length * 3)
    this.#length += this.#bytes.write(this.#pending, this.#length)
    this.#pending = ''
  }

  #makeRoom(bytes: number): void {
    const needed = this.#length + bytes
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
