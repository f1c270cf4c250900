import { createInflateRaw } from 'node:zlib'

/** A file in a ZIP archive. */
export interface ZipEntry {
  name: string
  /** Streams the unpacked bytes. Throws {@link ZipError} when they are more than the archive declared, or are damaged. */
  read(): AsyncGenerator<Uint8Array>
}

/** Why an archive is refused. */
export class ZipError extends Error {
  override readonly name = 'ZipError'
  readonly isTooLarge: boolean

  constructor(message: string, isTooLarge = false) {
    super(message)
    this.isTooLarge = isTooLarge
  }
}

export interface ZipLimits {
  maxEntries: number
  /** Of all entries together, unpacked. */
  maxUnpackedBytes: number
}

/** Reads the list of files of an archive that is in memory. @throws {ZipError} when it is damaged, or larger inside than the limits. */
export function openZip(archive: Buffer, limits: ZipLimits): Map<string, ZipEntry> {
  const { count, offset } = readEnd(archive)
  if (count > limits.maxEntries) throw new ZipError(`it holds ${count} files`, true)
  const entries = new Map<string, ZipEntry>()
  let position = offset
  let unpacked = 0
  for (let index = 0; index < count; index++) {
    if (position + 46 > archive.length || archive.readUInt32LE(position) !== 0x02014b50) throw new ZipError('its list of files is damaged')
    const header = readHeader(archive, position)
    unpacked += header.size
    if (unpacked > limits.maxUnpackedBytes) throw new ZipError(`unpacked it has more than ${limits.maxUnpackedBytes} bytes`, true)
    if (!entries.has(header.name)) entries.set(header.name, { name: header.name, read: () => unpack(archive, header) })
    position = header.next
  }
  return entries
}

const max16 = 0xffff
const max32 = 0xffffffff

interface Header {
  name: string
  method: number
  isEncrypted: boolean
  packedSize: number
  size: number
  offset: number
  next: number
}

/** How many files there are, and where their list begins; an archive of more than 65,535 files or 4 GiB says it in a second place. */
function readEnd(archive: Buffer): { count: number; offset: number } {
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  const offset = archive.readUInt32LE(end + 16)
  if (count !== max16 && offset !== max32) return { count, offset }
  const locator = end - 20
  if (locator < 0 || archive.readUInt32LE(locator) !== 0x07064b50) {
    if (offset === max32) throw new ZipError('its list of files is damaged')
    return { count, offset }
  }
  const large = readLong(archive, locator + 8)
  if (large + 56 > archive.length || archive.readUInt32LE(large) !== 0x06064b50) throw new ZipError('its list of files is damaged')
  return { count: readLong(archive, large + 32), offset: readLong(archive, large + 48) }
}

function findEnd(archive: Buffer): number {
  const first = Math.max(archive.length - 65_557, 0)
  for (let position = archive.length - 22; position >= first; position--) {
    if (archive.readUInt32LE(position) === 0x06054b50) return position
  }
  throw new ZipError('the archive has no end: it is damaged or was cut off')
}

function readHeader(archive: Buffer, position: number): Header {
  const nameLength = archive.readUInt16LE(position + 28)
  const behindName = position + 46 + nameLength
  const behindExtra = behindName + archive.readUInt16LE(position + 30)
  const sizes = [position + 24, position + 20, position + 42].map((place) => archive.readUInt32LE(place))
  const [size = 0, packedSize = 0, offset = 0] = sizes.includes(max32) ? readLongSizes(archive, sizes, behindName, behindExtra) : sizes
  return {
    name: archive.toString('utf8', position + 46, behindName).replace(/\\/g, '/'),
    method: archive.readUInt16LE(position + 10),
    isEncrypted: (archive.readUInt16LE(position + 8) & 1) === 1,
    packedSize,
    size,
    offset,
    next: behindExtra + archive.readUInt16LE(position + 32),
  }
}

/** What does not fit into 32 bits stands in an extra field, in this order. */
function readLongSizes(archive: Buffer, sizes: readonly number[], start: number, end: number): number[] {
  for (let field = start; field + 4 <= Math.min(end, archive.length); field += 4 + archive.readUInt16LE(field + 2)) {
    if (archive.readUInt16LE(field) !== 0x0001) continue
    let place = field + 4
    return sizes.map((size) => {
      if (size !== max32) return size
      place += 8
      return readLong(archive, place - 8)
    })
  }
  return [...sizes]
}

/** @throws {ZipError} when there is no such place, or the number is no size of anything. */
function readLong(archive: Buffer, position: number): number {
  const value = position + 8 <= archive.length ? Number(archive.readBigUInt64LE(position)) : Number.NaN
  if (!Number.isSafeInteger(value)) throw new ZipError('its list of files is damaged')
  return value
}

async function* unpack(archive: Buffer, header: Header): AsyncGenerator<Uint8Array> {
  if (header.isEncrypted) throw new ZipError('it is protected by a password')
  if (header.offset + 30 > archive.length || archive.readUInt32LE(header.offset) !== 0x04034b50)
    throw new ZipError(`${header.name} is damaged`)
  const start = header.offset + 30 + archive.readUInt16LE(header.offset + 26) + archive.readUInt16LE(header.offset + 28)
  const packed = archive.subarray(start, start + header.packedSize)
  if (packed.length < header.packedSize) throw new ZipError(`${header.name} is cut off`)
  if (header.method === 0) {
    yield packed
    return
  }
  if (header.method !== 8) throw new ZipError(`${header.name} is packed by the unknown method ${header.method}`)
  const inflate = createInflateRaw()
  inflate.end(packed)
  let size = 0
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > header.size) throw new ZipError(`${header.name} holds more than it declares`, true)
      yield chunk
    }
  } catch (error) {
    if (error instanceof ZipError) throw error
    throw new ZipError(`${header.name} is damaged`)
  } finally {
    inflate.destroy()
  }
}
