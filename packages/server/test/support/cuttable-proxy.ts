import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** A TCP proxy in front of a real service that can be cut off and restored, or made silent. */
export interface CuttableProxy {
  url: string
  /** Refuses new connections and breaks the ones there are. */
  cut(): Promise<void>
  /** Takes connections and never answers. */
  silence(): void
  /** Lets everything through again. */
  restore(): Promise<void>
  close(): Promise<void>
}

export interface CuttableProxyOptions {
  /** How long a piece of a request is held back. */
  delayMs?: (piece: string) => number
}

export async function startCuttableProxy(target: string, { delayMs = () => 0 }: CuttableProxyOptions = {}): Promise<CuttableProxy> {
  const { hostname, port: targetPort } = new URL(target)
  const sockets = new Set<Socket>()
  let isSilent = false
  const track = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  async function* holdBack(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      const wait = delayMs(piece.toString('latin1'))
      if (wait > 0) await delay(wait)
      yield piece
    }
  }
  const server = createServer((incoming) => {
    track(incoming)
    if (isSilent) return
    const outgoing = connect(Number(targetPort), hostname)
    track(outgoing)
    pipeline(incoming, holdBack, outgoing).catch(() => {})
    outgoing.pipe(incoming)
    incoming.on('close', () => outgoing.destroy())
    outgoing.on('close', () => incoming.destroy())
  })
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const stop = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    breakAll()
    await closed
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    cut: stop,
    silence() {
      isSilent = true
      breakAll()
    },
    async restore() {
      isSilent = false
      breakAll()
      if (!server.listening) await listen(port)
    },
    close: stop,
  }
}
