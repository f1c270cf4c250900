import type { Issue, Origin, ResourceDraft, Via } from '@edufed/sdk/schemas'
import type { HarvestItem } from './connector.js'
import { LineBuffer } from './line-buffer.js'
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

/** The lines of one page, as bytes. */
interface LinePage {
  lines: Uint8Array<ArrayBuffer>
  /** How many there are. */
  length: number
  /** Gives the bytes back to the thread that wrote them. */
  giveBack?: () => void
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
  readonly #page: LinePage
  readonly #start: number
  readonly #end: number
  #value: RecordItem | undefined

  /** @param page - The line stands in its bytes, from `start` to `end`, with the line feed at its end. */
  constructor({ type, identifier, datestamp, issues, hasResource, toldFields }: LineHead, page: LinePage, start: number, end: number) {
    this.type = type
    this.identifier = identifier
    if (datestamp !== undefined) this.datestamp = datestamp
    if (issues !== undefined) this.issues = issues
    this.hasResource = hasResource
    if (toldFields !== undefined) this.toldFields = toldFields
    this.#page = page
    this.#start = start
    this.#end = end
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

  /** Where the line stands. */
  get place(): { page: LinePage; start: number; end: number } {
    return { page: this.#page, start: this.#start, end: this.#end }
  }

  toJSON(): RecordItem {
    const { buffer, byteOffset } = this.#page.lines
    this.#value ??= JSON.parse(Buffer.from(buffer, byteOffset + this.#start, this.#end - this.#start).toString('utf8')) as RecordItem
    return this.#value
  }
}

/** The lines of items, and what is known of each without reading it. Text goes from thread to thread faster than objects do. */
export interface ItemLines {
  /** The different texts of `toldFields`. */
  told: string[]
  /** {@link WrittenHead} of each, as a list in JSON. */
  heads: Uint8Array<ArrayBuffer>
  lines: Uint8Array<ArrayBuffer>
}

/** A head without the names of its fields, since there are many. */
type WrittenHead = [isDeleted: 0 | 1, identifier: string, datestamp: string | 0, issues: Issue[] | 0, hasResource: 0 | 1, told: number]

/** Writes items as lines, one after the other; nothing of them is kept but that. */
export class ItemLineWriter {
  readonly #lines: LineBuffer
  readonly #heads = new LineBuffer()
  readonly #told = new Map<string, number>()
  #length = 0

  /** @param used - Room for lines that is no longer needed elsewhere. */
  constructor(firstBytes?: number, used?: ArrayBuffer) {
    this.#lines = new LineBuffer(firstBytes, used)
  }

  get length(): number {
    return this.#length
  }

  push(item: HarvestItem): void {
    this.#lines.addLine(item)
    const { type, identifier, datestamp = 0, issues = 0 } = item
    const resource = item.type === 'deleted' ? undefined : item.resource
    const head: WrittenHead = [type === 'deleted' ? 1 : 0, identifier, datestamp, issues, resource ? 1 : 0, this.#toldOf(resource)]
    this.#heads.add(this.#length++ === 0 ? '[' : ',')
    this.#heads.addLine(head)
  }

  /** All that was written. Nothing can be added afterwards. */
  end(): ItemLines {
    this.#heads.add(this.#length === 0 ? '[]' : ']')
    return { told: [...this.#told.keys()], heads: this.#heads.end(), lines: this.#lines.end() }
  }

  #toldOf(resource: ResourceDraft | undefined): number {
    if (!resource) return -1
    const fields = tellFields(resource)
    const known = this.#told.get(fields)
    if (known !== undefined) return known
    this.#told.set(fields, this.#told.size)
    return this.#told.size - 1
  }
}

/** The items of such lines. @param giveBack - Called when nobody needs the bytes of the lines any more; perhaps never. */
export function toLineItems({ told: toldFields, heads, lines }: ItemLines, giveBack?: () => void): HarvestItem[] {
  const written = JSON.parse(Buffer.from(heads.buffer, heads.byteOffset, heads.byteLength).toString('utf8')) as WrittenHead[]
  const page: LinePage = { lines, length: written.length, ...(giveBack && { giveBack }) }
  let start = 0
  return written.map(([isDeleted, identifier, datestamp, issues, hasResource, told]) => {
    const end = lines.indexOf(10, start) + 1
    const head: LineHead = {
      type: isDeleted ? 'deleted' : 'record',
      identifier,
      ...(datestamp === 0 ? undefined : { datestamp }),
      ...(issues === 0 ? undefined : { issues }),
      hasResource: hasResource === 1,
      ...(isDeleted ? undefined : { toldFields: toldFields[told] ?? '' }),
    }
    const item = new LineItem(head, page, start, end)
    start = end
    return item as unknown as HarvestItem
  })
}

/** The lines of items, those that follow each other in one piece. */
export interface FoundLines {
  pieces: Uint8Array[]
  /** To be called by who needs nothing of the items any more but their heads: where all lines of a page are here, the next page is written in their place. */
  giveBack(): void
}

/** The lines of items that all came as such; undefined when an item did not. */
export function findLines(items: readonly HarvestItem[]): FoundLines | undefined {
  const pieces: Uint8Array[] = []
  const found = new Map<LinePage, number>()
  let piece: LineItem['place'] | undefined
  const flush = () => {
    if (piece) pieces.push(piece.page.lines.subarray(piece.start, piece.end))
  }
  for (const item of items as readonly unknown[]) {
    if (!(item instanceof LineItem)) return undefined
    const { page, start, end } = item.place
    found.set(page, (found.get(page) ?? 0) + 1)
    if (piece?.page === page && piece.end === start) piece.end = end
    else {
      flush()
      piece = { page, start, end }
    }
  }
  flush()
  return {
    pieces,
    giveBack: () => {
      for (const [page, count] of found) if (count === page.length) page.giveBack?.()
    },
  }
}

/** True when the item has a resource; does not read the item's line for it. */
export function hasResource(item: HarvestItem): boolean {
  if ((item as unknown) instanceof LineItem) return (item as unknown as LineItem).hasResource
  return item.type === 'record' && item.resource !== undefined
}
