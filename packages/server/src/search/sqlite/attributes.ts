/** What the typed arrays of a reader hold of one document. */
export interface Attributes {
  date: number
  /** Orders documents that are equal in all else; the same for an id on every node and after every rebuild. */
  tie: number
  /** The tie of the work that the document is a form of; its own, unless it is a translation. */
  work: number
  titleLength: number
  /** See {@link standingOf}. */
  standing: number
  /** A code for each of {@link columnNames}. */
  sets: readonly number[]
}

const setsFrom = 26

export function encodeAttributes({ date, tie, work, titleLength, standing, sets }: Attributes): Buffer {
  const buffer = Buffer.alloc(setsFrom + sets.length * 4)
  buffer.writeDoubleLE(date, 0)
  buffer.writeDoubleLE(tie, 8)
  buffer.writeDoubleLE(work, 16)
  buffer.writeUInt8(Math.min(titleLength, 255), 24)
  buffer.writeUInt8(Math.round(standing * 255), 25)
  for (const [index, code] of sets.entries()) buffer.writeUInt32LE(code, setsFrom + index * 4)
  return buffer
}

export function decodeAttributes(buffer: Buffer): Attributes {
  const sets: number[] = []
  for (let at = setsFrom; at < buffer.length; at += 4) sets.push(buffer.readUInt32LE(at))
  return {
    date: buffer.readDoubleLE(0),
    tie: buffer.readDoubleLE(8),
    work: buffer.readDoubleLE(16),
    titleLength: buffer.readUInt8(24),
    standing: buffer.readUInt8(25) / 255,
    sets,
  }
}
