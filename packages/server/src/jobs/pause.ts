/** A wait that can be cut short: by its end, by `wake`, or by the signal. */
export class Pause {
  #wake: (() => void) | undefined
  #isWoken = false

  /** Ends the pause that is on, or the next one before it begins. */
  wake(): void {
    if (this.#wake) this.#wake()
    else this.#isWoken = true
  }

  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#isWoken || signal.aborted) {
      this.#isWoken = false
      return
    }
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        this.#wake = undefined
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      this.#wake = end
      signal.addEventListener('abort', end, { once: true })
    })
  }
}
