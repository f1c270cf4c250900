import { SaxesParser } from 'saxes'
import { type ZipEntry, ZipError } from './zip-archive.js'

/** Handlers by local name of the element. */
export interface ElementHandlers {
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** Feeds a part of a workbook to handlers, chunk by chunk; yields after each chunk, so that what was gathered can go on. */
export async function* readXml(entry: ZipEntry, handlers: ElementHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false })
  const decoder = new TextDecoder()
  let failure: Error | undefined
  parser.on('error', (error) => {
    failure ??= error
  })
  parser.on('doctype', () => {
    failure ??= new Error('it declares a document type')
  })
  parser.on('opentag', (tag) => handlers.open?.(localName(tag.name), toAttributes(tag.attributes)))
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('cdata', (text) => handlers.text?.(text))
  parser.on('closetag', (tag) => handlers.close?.(localName(tag.name)))
  for await (const chunk of entry.read()) {
    parser.write(decoder.decode(chunk, { stream: true }))
    if (failure) throw new ZipError(`${entry.name} is no valid XML: ${failure.message.slice(0, 100)}`)
    yield
  }
  parser.write(decoder.decode())
  parser.close()
  if (failure) throw new ZipError(`${entry.name} is no valid XML: ${failure.message.slice(0, 100)}`)
  yield
}

/** Reads a whole part. */
export async function readXmlWhole(entry: ZipEntry | undefined, handlers: ElementHandlers): Promise<void> {
  if (!entry) return
  for await (const _ of readXml(entry, handlers));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function toAttributes(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), value]))
}
