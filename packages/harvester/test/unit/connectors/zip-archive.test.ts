import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openZip, ZipError } from '../../../src/connectors/table/zip-archive.js'
import { buildZip } from '../../support/workbook.js'
import { toZip64 } from '../../support/zip64.js'

const limits = { maxEntries: 100, maxUnpackedBytes: 1_000_000 }

async function unpack(archive: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const [name, entry] of openZip(archive, limits)) {
    const chunks: Uint8Array[] = []
    for await (const chunk of entry.read()) chunks.push(chunk)
    files[name] = Buffer.concat(chunks).toString('utf8')
  }
  return files
}

const names = fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?\.xml$/)
const archives = fc.dictionary(names, fc.string({ unit: 'grapheme-composite', maxLength: 300 }), { maxKeys: 20 })

describe('an archive', () => {
  it('gives what was packed, also as ZIP64', async () => {
    await fc.assert(
      fc.asyncProperty(archives, async (files) => {
        const archive = buildZip(files)
        expect(await unpack(archive)).toEqual({ ...files })
        expect(await unpack(toZip64(archive))).toEqual({ ...files })
      }),
      { numRuns: 50 },
    )
  })

  it('is refused and nothing else, wherever a byte of it is another one or it is cut off', async () => {
    const archive = toZip64(buildZip({ 'a.xml': '<a/>', 'b/c.xml': 'x'.repeat(500) }))
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: archive.length - 1 }), fc.integer({ min: 0, max: 255 }), fc.boolean(), async (at, byte, isCut) => {
        const damaged = Buffer.from(isCut ? archive.subarray(0, at) : archive)
        if (!isCut) damaged[at] = byte
        await unpack(damaged).catch((error: unknown) => expect(error).toBeInstanceOf(ZipError))
      }),
      { numRuns: 500 },
    )
  })

  it('that is ZIP64 is refused when it holds more files than the limit', () => {
    const files = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`${index}.xml`, '']))
    expect(() => openZip(toZip64(buildZip(files)), limits)).toThrow('it holds 101 files')
  })
})
