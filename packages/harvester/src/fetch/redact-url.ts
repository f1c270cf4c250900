const secretParameters = /([?&](?:[^=&#]*(?:key|token|secret|password|passwd|signature|sig)[^=&#]*)=)[^&#]*/gi

/** The address as it may stand in a message: without user name, password or keys. A resumptionToken is no secret and stays. */
export function redactUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1')
    .replace(secretParameters, (match, name: string) => (/resumptiontoken=$/i.test(name) ? match : `${name}[redacted]`))
}
