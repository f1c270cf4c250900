import ipaddr from 'ipaddr.js'
import { HarvestError } from '../errors.js'

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Says whether an IP address may be connected to: public ones always, others when their network was allowed. */
export type AddressGuard = (address: string) => boolean

/**
 * Makes a guard that refuses loopback, private, link-local, multicast, mapped and other special addresses.
 *
 * @param allowNetworks - Networks as CIDR (`10.20.0.0/16`) or single addresses that may be reached all the same.
 * @throws {HarvestError} `EDUFED_SETTINGS_INVALID` when one of them is no network.
 */
export function createAddressGuard(allowNetworks: readonly string[]): AddressGuard {
  const networks = allowNetworks.map(parseNetwork)
  return (address) => {
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(stripZone(address))
    return parsed.range() === 'unicast' || networks.some((network) => isInside(parsed, network))
  }
}

function parseNetwork(text: string): Network {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text.trim())
    const address = ipaddr.process(text.trim())
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  } catch (cause) {
    throw new HarvestError(
      'EDUFED_SETTINGS_INVALID',
      { path: 'allowNetworks', reason: `${text} is no network, e.g. 10.0.0.0/8` },
      { cause },
    )
  }
}

function isInside(address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits)
}

function stripZone(address: string): string {
  const zone = address.indexOf('%')
  return zone < 0 ? address : address.slice(0, zone)
}
