import ipaddr from 'ipaddr.js'

const privateNames = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|invalid|home\.arpa)$/

/** An address that is written as it would be after parsing, at a host that is a name. */
const plain = /^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\/[\w~!$&()*+,;=:@/?#.-]*$/

/**
 * A web address that anyone can open: absolute, http or https, no credentials, no private host.
 * Undefined for everything else, such as `javascript:`, `file:`, `http://localhost/` and `http://192.168.1.2/`.
 */
export function toWebUrl(raw: string | undefined): string | undefined {
  const text = raw?.trim()
  if (!text || text.length > 8000 || !/^https?:\/\//i.test(text)) return undefined
  if (plain.test(text) && !text.includes('/.') && !text.includes('xn--'))
    return isPrivateHost(text.slice(text.indexOf('/') + 2, text.indexOf('/', 8))) ? undefined : text
  const url = parse(text)
  if (!url || isPrivateHost(url.hostname)) return undefined
  if (url.username !== '') url.username = ''
  if (url.password !== '') url.password = ''
  return url.href
}

/** True for a host that only a local network knows: an address outside the public ranges, a name without a dot, or a reserved name. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  if (/^[\d.]+$|^\[/.test(host)) {
    const address = host.replace(/^\[|\]$/g, '')
    return !ipaddr.isValid(address) || ipaddr.process(address).range() !== 'unicast'
  }
  return !host.includes('.') || privateNames.test(host)
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
