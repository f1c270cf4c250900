/** Rewrites a ZIP archive without extra fields as ZIP64: sizes and places stand where those of very large archives do. */
export function toZip64(archive: Buffer): Buffer {
  const end = archive.length - 22
  const count = archive.readUInt16LE(end + 10)
  const offset = archive.readUInt32LE(end + 16)
  const list: Buffer[] = []
  for (let position = offset; position < end; ) {
    const nameLength = archive.readUInt16LE(position + 28)
    const head = Buffer.from(archive.subarray(position, position + 46))
    // A field of another kind comes first, as an archiver may write it.
    const extra = Buffer.alloc(4 + 4 + 4 + 24)
    extra.writeUInt16LE(0x7875, 0)
    extra.writeUInt16LE(4, 2)
    extra.writeUInt16LE(0x0001, 8)
    extra.writeUInt16LE(24, 10)
    for (const [index, place] of [24, 20, 42].entries()) {
      extra.writeBigUInt64LE(BigInt(head.readUInt32LE(place)), 12 + index * 8)
      head.writeUInt32LE(0xffffffff, place)
    }
    head.writeUInt16LE(extra.length, 30)
    list.push(head, archive.subarray(position + 46, position + 46 + nameLength), extra)
    position += 46 + nameLength
  }
  const entries = Buffer.concat(list)
  const large = Buffer.alloc(56)
  large.writeUInt32LE(0x06064b50, 0)
  large.writeBigUInt64LE(44n, 4)
  large.writeBigUInt64LE(BigInt(count), 24)
  large.writeBigUInt64LE(BigInt(count), 32)
  large.writeBigUInt64LE(BigInt(entries.length), 40)
  large.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(offset + entries.length), 8)
  locator.writeUInt32LE(1, 16)
  const last = Buffer.alloc(22, 0xff)
  last.writeUInt32LE(0x06054b50, 0)
  last.writeUInt16LE(0, 20)
  return Buffer.concat([archive.subarray(0, offset), entries, large, locator, last])
}
