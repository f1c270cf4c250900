import { setMaxListeners } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher, type FetcherOptions } from '../../src/fetch/create-fetcher.js'
import { readBody } from '../../src/fetch/read-body.js'

let server: http.Server
let origin: string
const seen: { url?: string; authorization?: string; method?: string; body: string }[] = []
let running = 0
let mostRunning = 0
let refusals = 0
const busyAt: number[] = []

beforeAll(async () => {
  server = http.createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      running++
      mostRunning = Math.max(mostRunning, running)
      response.on('close', () => running--)
      seen.push({ url: request.url, authorization: request.headers.authorization, method: request.method, body })
      if (request.url === '/drip') {
        response.write('x')
        const timer = setInterval(() => response.write('x'), 20)
        response.on('close', () => clearInterval(timer))
        return
      }
      if (request.url === '/busy') {
        busyAt.push(performance.now())
        if (refusals-- > 0) return response.writeHead(503, { 'retry-after': '1' }).end()
      }
      if (request.url?.startsWith('/to?')) {
        response.writeHead(Number(new URL(request.url, origin).searchParams.get('status')), {
          location: new URL(request.url, origin).searchParams.get('url') ?? '',
        })
        return response.end()
      }
      setTimeout(() => response.end('hello'), 5)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const open = (options: FetcherOptions = {}) => createFetcher({ maxRetries: 0, backoffMs: 1, ...options })
const signal = AbortSignal.timeout(15_000)
setMaxListeners(100, signal)

describe('the guard of addresses', () => {
  const port = () => origin.split(':')[2]

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0.0.0.0',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::]',
    '169.254.169.254',
    '10.0.0.1',
    '100.64.0.1',
    '192.168.1.1',
    '[fe80::1]',
    '[fd00::1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
  ])('refuses %s', async (host) => {
    await expect(open().get(`http://${host}:${port()}/`, { signal })).rejects.toMatchObject({ code: 'EDUFED_FETCH_REFUSED_ADDRESS' })
  })

  it('refuses a name that resolves to a private address, also when only one of its addresses is', async () => {
    const lookup = ((_host: string, _options: unknown, callback: (error: null, addresses: unknown) => void) =>
      callback(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ])) as unknown as FetcherOptions['lookup']
    await expect(open({ lookup }).get(`http://rebind.example:${port()}/`, { signal })).rejects.toMatchObject({
      code: 'EDUFED_FETCH_REFUSED_ADDRESS',
    })
  })

  it('refuses a redirect into the network', async () => {
    const fetcher = open({ allowNetworks: ['127.0.0.1/32'] })
    await expect(fetcher.get(`${origin}/to?status=302&url=http://127.0.0.2:${port()}/`, { signal })).rejects.toMatchObject({
      code: 'EDUFED_FETCH_REFUSED_ADDRESS',
      details: { address: '127.0.0.2' },
    })
  })

  it('reaches a network that was allowed', async () => {
    const fetcher = open({ allowNetworks: ['127.0.0.0/8'] })
    const response = await fetcher.get(origin, { signal })
    expect((await readBody(response)).toString()).toBe('hello')
    fetcher.close()
  })

  it('says which network is not written as CIDR', () => {
    expect(() => open({ allowNetworks: ['10.0.0.0/99'] })).toThrow(/10\.0\.0\.0\/99/)
  })
})

describe('a request', () => {
  const fetcher = () => open({ allowNetworks: ['127.0.0.0/8'], idleTimeoutMs: 200 })

  it('waits for the request before it to the same host', async () => {
    const polite = fetcher()
    mostRunning = 0
    await Promise.all(Array.from({ length: 5 }, async () => readBody(await polite.get(`${origin}/`, { signal }))))
    expect(mostRunning).toBe(1)
    polite.close()
  })

  it('goes out beside others to the same host where so many were allowed', async () => {
    const polite = fetcher()
    mostRunning = 0
    await Promise.all(Array.from({ length: 9 }, async () => readBody(await polite.get(`${origin}/`, { signal, parallel: 3 }))))
    expect(mostRunning).toBe(3)
    polite.close()
  })

  it('waits with all others for as long as the host wants to be left alone', async () => {
    const polite = open({ allowNetworks: ['127.0.0.0/8'], maxRetries: 1, maxPauseMs: 0 })
    busyAt.length = 0
    refusals = 1
    const bodies = await Promise.all(
      Array.from({ length: 6 }, async () => readBody(await polite.get(`${origin}/busy`, { signal, parallel: 3 }))),
    )
    expect(bodies.map(String)).toEqual(Array(6).fill('hello'))
    const [refusedAt = 0] = busyAt
    expect(busyAt.filter((at) => at > refusedAt + 200 && at < refusedAt + 990)).toEqual([])
    expect(busyAt.filter((at) => at >= refusedAt + 990).length).toBeGreaterThanOrEqual(4)
    polite.close()
  })

  it('keeps credentials out of the address, and does not send them to another host', async () => {
    seen.length = 0
    const address = origin.replace('http://', 'http://user:p%40ss@')
    const other = origin.replace('127.0.0.1', '127.0.0.2')
    const polite = fetcher()
    const response = await polite.get(`${address}/to?status=302&url=/here`, { signal })
    await readBody(response)
    expect(response.url).toBe(`${origin}/here`)
    expect(seen.map((request) => request.authorization)).toEqual(Array(2).fill(`Basic ${Buffer.from('user:p@ss').toString('base64')}`))
    const failure = await polite.get(`${address}/to?status=302&url=${other}/`, { signal }).catch((error: Error) => error)
    expect(String(failure)).not.toContain('p%40ss')
    polite.close()
  })

  it('posts a form, and turns to GET only after 303', async () => {
    seen.length = 0
    const polite = fetcher()
    await readBody(await polite.get(`${origin}/to?status=307&url=/kept`, { signal, form: { verb: 'Identify' } }))
    await readBody(await polite.get(`${origin}/to?status=303&url=/see`, { signal, form: { verb: 'Identify' } }))
    expect(seen.map(({ method, body }) => [method, body])).toEqual([
      ['POST', 'verb=Identify'],
      ['POST', 'verb=Identify'],
      ['POST', 'verb=Identify'],
      ['GET', ''],
    ])
    polite.close()
  })

  it('ends when a body drips for longer than the whole request may take', async () => {
    const polite = fetcher()
    const response = await polite.get(`${origin}/drip`, { signal, timeoutMs: 150 })
    await expect(readBody(response)).rejects.toMatchObject({ code: 'EDUFED_FETCH_TIMEOUT' })
    polite.close()
  })

  it('stops waiting when it is aborted', async () => {
    const polite = fetcher()
    const stop = new AbortController()
    const response = await polite.get(`${origin}/drip`, { signal: stop.signal })
    setTimeout(() => stop.abort(), 30)
    await expect(readBody(response)).rejects.toMatchObject({ name: 'AbortError' })
    polite.close()
  })

  it('says what is wrong with an address', async () => {
    await expect(fetcher().get('file:///etc/passwd', { signal })).rejects.toMatchObject({ code: 'EDUFED_FETCH_INVALID_URL' })
    await expect(fetcher().get('http://127.0.0.1:1/', { signal })).rejects.toMatchObject({
      code: 'EDUFED_FETCH_FAILED',
      message: expect.stringContaining('nothing listens there'),
    })
  })
})
