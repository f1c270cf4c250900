/** A number of 32 bits for a document and its version: sums of it tell whether two lists of documents are the same. */
export function entryCheck(id: string, sequence: number): number {
  let hash = 0x811c9dc5
  const text = `${sequence} ${id}`
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  // Two texts that differ in their last character only must differ in more than the last bits.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
