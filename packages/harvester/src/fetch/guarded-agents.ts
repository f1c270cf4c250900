import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import { HarvestError } from '../errors.js'
import type { AddressGuard } from './address-guard.js'

export interface GuardedAgents {
  http: http.Agent
  https: https.Agent
  destroy(): void
}

/**
 * Agents that ask the guard for the very address that is connected to, at the moment of connecting:
 * a name that resolves differently a second time, or a redirect, cannot lead elsewhere.
 */
export function createGuardedAgents(isAllowed: AddressGuard, lookup: typeof dns.lookup = dns.lookup): GuardedAgents {
  const options = { keepAlive: true, maxSockets: 8, maxFreeSockets: 8, lookup: guardLookup(isAllowed, lookup) }
  const agents = { http: new http.Agent(options), https: new https.Agent(options) }
  guardConnections(agents.http, isAllowed)
  guardConnections(agents.https, isAllowed)
  return {
    ...agents,
    destroy: () => {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

/** Every address of the name must be allowed, since the system may try any of them. */
function guardLookup(isAllowed: AddressGuard, lookup: typeof dns.lookup): net.LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 4)
      const refused = addresses.find(({ address }) => !isAllowed(address))
      if (refused) return callback(toRefusal(hostname, refused.address), '', 4)
      if (options.all) return callback(null, addresses)
      const [first] = addresses
      if (!first) return callback(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), '', 4)
      callback(null, first.address, first.family)
    })
  }
}

/** An address written as such never goes through the lookup. */
function guardConnections(agent: http.Agent, isAllowed: AddressGuard): void {
  const createConnection = agent.createConnection.bind(agent)
  agent.createConnection = (options, callback) => {
    const host = 'host' in options ? (options.host ?? '') : ''
    if (net.isIP(host) === 0 || isAllowed(host)) return createConnection(options, callback)
    const socket: Duplex = new net.Socket()
    process.nextTick(() => socket.destroy(toRefusal(host, host)))
    return socket
  }
}

function toRefusal(host: string, address: string): HarvestError {
  return new HarvestError('EDUFED_FETCH_REFUSED_ADDRESS', { url: host, address })
}
