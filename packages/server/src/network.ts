import { isIP } from 'node:net'

/** True for a network in CIDR form, e.g. 10.0.0.0/8 or fd00::/8. */
export function isNetwork(text: string): boolean {
  const [, address, length] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? []
  const version = isIP(address ?? '')
  return version !== 0 && Number(length) <= (version === 4 ? 32 : 128)
}
