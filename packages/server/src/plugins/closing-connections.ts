import type { Socket } from 'node:net'
import type { App } from '../app-instance.js'

/**
 * Lets a closing server go as soon as its last answer is sent. Node itself waits for connections that were opened ahead and never asked
 * anything (browsers do that), and for those that were busy when the closing began, until their time is over.
 */
export function addClosingConnections(app: App): void {
  const requests = new Map<Socket, number>()
  let isClosing = false
  const closeWhenIdle = (socket: Socket) => {
    if (isClosing && requests.get(socket) === 0) socket.destroySoon()
  }
  app.server.on('connection', (socket: Socket) => {
    requests.set(socket, 0)
    socket.once('close', () => requests.delete(socket))
    closeWhenIdle(socket)
  })
  app.server.on('request', ({ socket }, response) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1)
    response.once('close', () => {
      if (requests.has(socket)) requests.set(socket, requests.get(socket)! - 1)
      closeWhenIdle(socket)
    })
  })
  app.addHook('preClose', async () => {
    isClosing = true
    for (const socket of requests.keys()) closeWhenIdle(socket)
  })
}
