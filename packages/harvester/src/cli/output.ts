import { fstatSync, ftruncateSync } from 'node:fs'
import { HarvestError } from '../errors.js'

/** Where the lines go. */
export interface Output {
  /** Resolves when the system has taken the text. */
  write(text: string | Uint8Array): Promise<void>
  /** Length of the output file; undefined for a pipe or a terminal. */
  position(): number | undefined
  /** Cuts the output file to what the checkpoint knows, so that a page that was written without its checkpoint does not come twice. */
  continueAt(bytes: number): void
}

/** @param onClosed - Called when the reader of a pipe went away. */
export function openOutput(stream: NodeJS.WriteStream & { fd?: number }, onClosed: () => void): Output {
  const fd = stream.fd ?? 1
  const isFile = fstatSync(fd).isFile()
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') onClosed()
  })
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (error ? reject(error) : resolve()))
      }),
    position: () => (isFile ? fstatSync(fd).size : undefined),
    continueAt: (bytes) => {
      if (!isFile) return
      const { size } = fstatSync(fd)
      if (size < bytes) throw new HarvestError('EDUFED_OUTPUT_CONFLICT', { size, bytes })
      ftruncateSync(fd, bytes)
    },
  }
}
