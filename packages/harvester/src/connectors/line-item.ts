import type { Issue, Origin, ResourceDraft, Via } from '@edufed/sdk/schemas'
import type { HarvestItem } from './connector.js'
import { tellFields } from './told-fields.js'

/** What is known of an item without reading its line. */
export interface LineHead {
  type: HarvestItem['type']
  identifier: string
  datestamp?: string
  issues?: Issue[]
  hasResource: boolean
  /** What {@link tellFields} says of its resource. */
  toldFields?: string
}

type RecordItem = Extract<HarvestItem, { type: 'record' }>

/** An item that came out of a worker thread as a line of NDJSON: it is read only when someone asks for more than its head. */
export class LineItem {
  readonly type: HarvestItem['type']
  readonly identifier: string
  readonly datestamp?: string
  readonly issues?: Issue[]
  readonly hasResource: boolean
  readonly toldFields?: string
  /** With the line feed at its end. */
  readonly line: Uint8Array
  #value: RecordItem | undefined

  constructor({ type, identifier, datestamp, issues, hasResource, toldFields }: LineHead, line: Uint8Array) {
    this.type = type
    this.identifier = identifier
    if (datestamp !== undefined) this.datestamp = datestamp
    if (issues !== undefined) this.issues = issues
    this.hasResource = hasResource
    if (toldFields !== undefined) this.toldFields = toldFields
    this.line = line
  }

  get metadataPrefix(): string {
    return this.toJSON().metadataPrefix
  }

  get resource(): ResourceDraft | undefined {
    return this.hasResource ? this.toJSON().resource : undefined
  }

  get origin(): Origin | undefined {
    return this.toJSON().origin
  }

  get via(): Via[] | undefined {
    return this.toJSON().via
  }

  toJSON(): RecordItem {
    this.#value ??= JSON.parse(Buffer.from(this.line.buffer, this.line.byteOffset, this.line.byteLength).toString('utf8')) as RecordItem
    return this.#value
  }
}

/** The lines of items, and what is known of each without reading it. Text goes from thread to thread faster than objects do. */
export interface ItemLines {
  /** A list of {@link LineHead}, as JSON. */
  heads: string
  lines: Uint8Array<ArrayBuffer>
}

/** Writes items as lines. */
export function toItemLines(items: readonly HarvestItem[]): ItemLines {
  let text = ''
  for (const item of items) text += `${JSON.stringify(item)}\n`
  const heads = items.map(({ type, identifier, datestamp, issues, ...rest }) => ({
    type,
    identifier,
    ...(datestamp !== undefined ? { datestamp } : {}),
    ...(issues !== undefined ? { issues } : {}),
    hasResource: 'resource' in rest && rest.resource !== undefined,
    ...('resource' in rest ? { toldFields: tellFields(rest.resource) } : {}),
  }))
  return { heads: JSON.stringify(heads), lines: new TextEncoder().encode(text) }
}

/** The items of such lines. */
export function toLineItems({ heads, lines }: ItemLines): HarvestItem[] {
  let start = 0
  return (JSON.parse(heads) as LineHead[]).map((head) => {
    const end = lines.indexOf(10, start) + 1
    const item = new LineItem(head, lines.subarray(start, end))
    start = end
    return item as HarvestItem
  })
}

/** The lines of items that all came as such, those that follow each other in one piece; undefined when an item did not. */
export function findLines(items: readonly HarvestItem[]): Uint8Array[] | undefined {
  const pieces: Uint8Array[] = []
  let last: Uint8Array | undefined
  for (const item of items as readonly unknown[]) {
    if (!(item instanceof LineItem)) return undefined
    const { line } = item
    const isNext = last !== undefined && last.buffer === line.buffer && last.byteOffset + last.byteLength === line.byteOffset
    if (isNext && last !== undefined) {
      last = new Uint8Array(line.buffer, last.byteOffset, last.byteLength + line.byteLength)
      pieces[pieces.length - 1] = last
    } else {
      last = line
      pieces.push(line)
    }
  }
  return pieces
}

/** True when the item has a resource; does not read the item's line for it. */
export function hasResource(item: HarvestItem): boolean {
  if ((item as unknown) instanceof LineItem) return (item as unknown as LineItem).hasResource
  return item.type === 'record' && item.resource !== undefined
}
