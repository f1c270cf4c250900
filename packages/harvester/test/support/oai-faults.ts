import type http from 'node:http'
import zlib from 'node:zlib'

export interface FaultRequest {
  request: http.IncomingMessage
  response: http.ServerResponse
  /** How many requests of ListRecords this path has had, this one included. */
  visit: number
  /** Page of the list, from 0; undefined for other verbs. */
  page: number | undefined
  xml: string
  origin: string
}

/** Answers a request with a fault. @returns False when the request is to be answered as usual. */
export type Fault = (context: FaultRequest) => boolean

const send = ({ response }: FaultRequest, body: string | Buffer, headers: http.OutgoingHttpHeaders = {}, status = 200): true => {
  response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8', ...headers })
  response.end(body)
  return true
}

/** Changes the text of each page. */
const rewrite =
  (change: (xml: string) => string | Buffer, headers?: http.OutgoingHttpHeaders): Fault =>
  (context) =>
    context.page !== undefined && send(context, change(context.xml), headers)

/** A fault of the first answer to the second page only. */
const once =
  (fault: (context: FaultRequest) => void): Fault =>
  (context) => {
    if (context.page !== 1 || context.visit !== 2) return false
    fault(context)
    return true
  }

const cutOff = ({ response, xml }: FaultRequest): true => {
  response.writeHead(200, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(xml) })
  response.write(xml.slice(0, xml.length / 2), () => response.destroy())
  return true
}
const half = (xml: string) => xml.slice(0, xml.lastIndexOf('<record>') + 60)
const intoTitle = (text: string) => (xml: string) => xml.replaceAll(/(<dc:title[^>]*>)/g, `$1${text}`)

export const faults: Record<string, Fault> = {
  // XML
  'bare-ampersand': rewrite(intoTitle('a & b ')),
  'bare-angle': rewrite(intoTitle('1 < 2 ')),
  'html-entity': rewrite(intoTitle('a&nbsp;&eacute; ')),
  'control-characters': rewrite(intoTitle('a\u0008b&#x1;\ufffe ')),
  'text-before': rewrite((xml) => `\n<br />\n<b>Warning</b>: old function in /srv/oai.php\n${xml}`),
  'text-after': rewrite((xml) => `${xml}\n<!-- cached --> done in 3 ms`),
  'byte-order-mark': rewrite((xml) => `\ufeff${xml}`),
  'odd-prefix': rewrite((xml) =>
    xml
      .replaceAll(/<(\/?)(OAI-PMH|ListRecords|record|header|metadata|identifier|datestamp|resumptionToken)(?=[\s>/])/g, '<$1ns0:$2')
      .replaceAll(/ xmlns(:\w+)?="[^"]*"/g, ''),
  ),
  doctype: rewrite((xml) => xml.replace('<OAI-PMH', '<!DOCTYPE OAI-PMH [<!ENTITY x SYSTEM "file:///etc/passwd">]><OAI-PMH')),
  'inner-declaration': rewrite((xml) => xml.replaceAll('<metadata>', '<metadata><?xml version="1.0"?>')),
  'broken-record': rewrite((xml) => xml.replace('</dc:title>', '</title>')),
  'invalid-utf8': rewrite((xml) =>
    Buffer.concat([
      Buffer.from(xml.slice(0, xml.indexOf('</dc:title>'))),
      Buffer.from([0xff]),
      Buffer.from(xml.slice(xml.indexOf('</dc:title>'))),
    ]),
  ),
  'huge-record': rewrite((xml) => xml.replace('</dc:title>', `${'x'.repeat(20_000)}</dc:title>`)),
  'wrong-charset': rewrite((xml) => xml, { 'content-type': 'text/xml; charset=iso-8859-1' }),
  // Transport
  gzip: rewrite((xml) => zlib.gzipSync(xml), { 'content-encoding': 'gzip' }),
  'gzip-twice': rewrite((xml) => zlib.gzipSync(zlib.gzipSync(xml)), { 'content-encoding': 'gzip' }),
  'gzip-undeclared': rewrite((xml) => zlib.gzipSync(xml)),
  'gzip-untrue': rewrite((xml) => xml, { 'content-encoding': 'gzip' }),
  'deflate-zlib': rewrite((xml) => zlib.deflateSync(xml), { 'content-encoding': 'deflate' }),
  'deflate-raw': rewrite((xml) => zlib.deflateRawSync(xml), { 'content-encoding': 'deflate' }),
  brotli: rewrite((xml) => zlib.brotliCompressSync(xml), { 'content-encoding': 'br' }),
  bomb: rewrite(() => zlib.gzipSync(Buffer.alloc(20_000_000, ' ')), { 'content-encoding': 'gzip' }),
  'cut-off-once': once(cutOff),
  'cut-off': (context) => context.page === 1 && cutOff(context),
  'truncated-once': once((context) => send(context, half(context.xml))),
  truncated: (context) => context.page === 1 && send(context, half(context.xml)),
  'reset-once': once(({ request }) => request.socket.destroy()),
  'busy-once': once((context) => send(context, 'busy', { 'retry-after': '0' }, 503)),
  'too-many-once': once((context) => send(context, 'slow down', { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 429)),
  'junk-retry-after-once': once((context) => send(context, 'busy', { 'retry-after': 'soon' }, 503)),
  'empty-once': once((context) => send(context, '')),
  hang: (context) => context.page === 1,
  'web-page': (context) =>
    send(context, '<!DOCTYPE html><html><head><title>Sign in</title></head><body>hello</body></html>', { 'content-type': 'text/html' }),
  'not-oai': (context) => send(context, '<?xml version="1.0"?><rss><channel/></rss>'),
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((status): [string, Fault] => [
      `redirect-${status}`,
      (context) => send(context, '', { location: (context.request.url ?? '').replace(`/redirect-${status}`, '/plain') }, status),
    ]),
  ),
  'redirect-loop': (context) => send(context, '', { location: context.request.url }, 302),
  'redirect-file': (context) => send(context, '', { location: 'file:///etc/passwd' }, 302),
  'redirect-private': (context) => send(context, '', { location: 'http://10.11.12.13/oai' }, 302),
}
