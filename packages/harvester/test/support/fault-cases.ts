/** A fault of the test repository, in words, with how many of 1,000 records (one in ten of them deleted) can be had in spite of it. */
export interface FaultCase {
  fault: string
  what: string
  possible: number
  settings?: Record<string, unknown>
}

const all = 1000

const groups: Record<string, [fault: string, what: string, possible?: number, settings?: Record<string, unknown>][]> = {
  Lists: [
    ['plain', 'No fault'],
    ['token-absent', 'The last page has no resumptionToken'],
    ['token-odd', 'Tokens of 500 characters with / : & = % + in CDATA, with white space round them'],
    ['token-same', 'Every page has the same token'],
    ['token-flaky', 'A token is refused once'],
    ['token-expired', 'A token is refused for good once the list was half read'],
    ['token-refused', 'Every token is refused'],
    ['token-refused-always', 'Every token is refused, and so are dates and ListIdentifiers', 100],
    ['token-repeated', 'A page leads back to the page before it'],
    ['token-repeated-always', 'A page leads back to the page before it; dates and ListIdentifiers are refused', 300],
    ['token-ignored', 'Every answer is the first page, with a new token, whatever is asked for', 100],
    ['extra-token', 'The last page has a token that leads to noRecordsMatch'],
    ['empty-pages', 'Pages without records stand in the middle of the list'],
    ['short-list', 'completeListSize is 50 too large'],
    ['slow-query', 'HTTP 504 when more than 30 records match'],
    ['large-answer', 'HTTP 413 when more than 30 records match'],
    ['no-list-records', 'ListRecords answers with HTTP 500'],
    ['bad-verb', 'ListRecords is not implemented'],
    ['gone-record', 'ListRecords is not implemented; a listed record does not exist', 999],
    ['unreadable-record', 'ListRecords and one GetRecord answer with HTTP 500', 999],
    ['post-only', 'GET is refused with HTTP 405'],
    ['short-addresses', 'Long addresses are refused with HTTP 414'],
    ['broken-set', 'One of two sets answers with HTTP 500', all, { sets: ['broken', 'whole'] }],
    ['broken-window', 'Read in four windows at a time, of which some answer with HTTP 502', all, { parallelWindows: 4 }],
    ['dates-ignored', 'Asked for four windows at a time; from and until are ignored', all, { parallelWindows: 4 }],
  ],
  XML: [
    ['bare-ampersand', 'A bare & in titles'],
    ['bare-angle', 'A bare < in titles'],
    ['html-entity', 'Entities of HTML'],
    ['control-characters', 'Characters that XML forbids, as such and as references'],
    ['text-before', 'A warning of the server before the document'],
    ['text-after', 'A note of a cache after the document'],
    ['byte-order-mark', 'A byte order mark'],
    ['odd-prefix', 'Prefixes that are not declared, and no namespaces'],
    ['inner-declaration', 'An XML declaration inside of each record'],
    ['broken-record', 'One record of each page is not well-formed', 990],
    ['huge-record', 'One record of each page is larger than the limit', 990, { maxRecordChars: 10_000 }],
    ['invalid-utf8', 'Bytes that are not UTF-8'],
    ['wrong-charset', 'The Content-Type names another encoding'],
    ['doctype', 'A document type with an external entity', 0],
    ['web-page', 'A web page with status 200 instead of OAI-PMH', 0],
    ['not-oai', 'Another kind of XML', 0],
  ],
  Transport: [
    ['gzip', 'gzip'],
    ['gzip-twice', 'gzip twice, named once'],
    ['gzip-undeclared', 'gzip that is not named'],
    ['gzip-untrue', 'gzip is named, and not applied'],
    ['deflate-zlib', 'deflate with the header of zlib'],
    ['deflate-raw', 'deflate without the header of zlib'],
    ['brotli', 'br'],
    ['bomb', 'A body that grows to 20 MB', 0, { maxPageBytes: 1_000_000 }],
    ['cut-off-once', 'The connection drops in the middle of a page, once'],
    ['cut-off', 'The connection drops in the middle of the second page, each time'],
    ['cut-off-always', 'The same; dates and ListIdentifiers are refused', 149],
    ['truncated-once', 'A page ends early, once'],
    ['truncated', 'The second page ends early, each time'],
    ['truncated-always', 'The same; dates and ListIdentifiers are refused', 199],
    ['reset-once', 'The connection is reset, once'],
    ['busy-once', 'HTTP 503 with Retry-After in seconds, once'],
    ['too-many-once', 'HTTP 429 with Retry-After as a date, once'],
    ['junk-retry-after-once', 'HTTP 503 with a Retry-After that says nothing, once'],
    ['empty-once', 'An empty answer with status 200, once'],
    ['hang', 'The second page never comes'],
    ['hang-always', 'The same; dates and ListIdentifiers are refused', 100],
    ['redirect-301', 'HTTP 301'],
    ['redirect-302', 'HTTP 302'],
    ['redirect-303', 'HTTP 303'],
    ['redirect-307', 'HTTP 307'],
    ['redirect-308', 'HTTP 308'],
    ['redirect-loop', 'A redirect to itself', 0],
    ['redirect-file', 'A redirect to a file of this machine', 0],
    ['redirect-private', 'A redirect to a private address', 0],
  ],
}

/** Every fault that the test repository knows, by what it concerns. */
export const faultCases: Record<string, FaultCase[]> = Object.fromEntries(
  Object.entries(groups).map(([group, rows]) => [
    group,
    rows.map(([fault, what, possible = all, settings]) => ({ fault, what, possible, ...(settings ? { settings } : {}) })),
  ]),
)
