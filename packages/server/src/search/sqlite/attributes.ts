/** What the typed arrays of a reader hold of one document. */
export interface Attributes {
  date: number
  /** Orders documents that are equal in all else; the same for an id on every node and after every rebuild. */
  tie: number
  titleLength: number
  /** A code for each of {@link columnNames}. */
  sets: readonly number[]
}

export function encodeAttributes({ date, tie, titleLength, sets }: Attributes): Buffer {
  const buffer = Buffer.alloc(17 + sets.length * 4)
  buffer.writeDoubleLE(date, 0)
  buffer.writeDoubleLE(tie, 8)
  buffer.writeUInt8(Math.min(titleLength, 255), 16)
  for (const [index, code] of sets.entries()) buffer.writeUInt32LE(code, 17 + index * 4)
  return buffer
}

export function decodeAttributes(buffer: Buffer): Attributes {
  const sets: number[] = []
  for (let at = 17; at < buffer.length; at += 4) sets.push(buffer.readUInt32LE(at))
  return { date: buffer.readDoubleLE(0), tie: buffer.readDoubleLE(8), titleLength: buffer.readUInt8(16), sets }
}
