const schemes: readonly [scheme: string, pattern: RegExp][] = [
  ['doi', /^(?:doi:\s*|(?:https?:\/\/)?(?:dx\.)?doi\.org\/)(10\.\d{4,9}\/\S+)$/i],
  ['handle', /^(?:hdl:\s*|https?:\/\/hdl\.handle\.net\/)(\S+\/\S+)$/i],
  ['isbn', /^(?:urn:)?isbn[:\s-]*((?:97[89][\s-]?)?\d[\d\s-]{7,14}[\dX])$/i],
  ['issn', /^(?:urn:)?issn[:\s]*(\d{4}-?\d{3}[\dX])$/i],
  ['uuid', /^(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i],
  ['uri', /^((?:https?|ftp|urn|info|ark):\S+)$/i],
]

/** The kind of an identifier, by how it is written; else by the catalogue that the source names. Undefined when there is none. */
export function parseIdentifier(raw: string, catalog?: string): { scheme: string; value: string } | undefined {
  const text = raw.trim().replace(/\s+/g, ' ').slice(0, 2000)
  if (text === '') return undefined
  const named = catalog?.trim().toLowerCase()
  if (named === 'isbn' || named === 'issn' || named === 'doi') {
    const written = text.toLowerCase().startsWith(named) ? text : `${named}:${text}`
    const value = schemes.find(([scheme]) => scheme === named)?.[1].exec(written)?.[1]
    if (value) return { scheme: named, value: tidy(named, value) }
  }
  for (const [scheme, pattern] of schemes) {
    const value = pattern.exec(text)?.[1]
    if (value) return { scheme, value: tidy(scheme, value) }
  }
  return { scheme: named || 'local', value: text }
}

function tidy(scheme: string, value: string): string {
  return scheme === 'isbn' ? value.replace(/[\s-]/g, '').toUpperCase() : value
}
