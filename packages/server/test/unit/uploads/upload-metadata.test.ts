import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseByteRange } from '../../../src/modules/uploads/byte-range.js'
import { toContentDisposition } from '../../../src/modules/uploads/content-disposition.js'
import { parseUploadMetadata, toSafeFilename } from '../../../src/modules/uploads/upload-metadata.js'

const encode = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

it('reads names in any script and folds the media type', () => {
  expect(parseUploadMetadata(encode({ filename: 'سىنىپ.pdf', filetype: 'Application/PDF', source: 's', record: 'r/1' }))).toEqual({
    filename: 'سىنىپ.pdf',
    filetype: 'application/pdf',
    sourceId: 's',
    recordIdentifier: 'r/1',
  })
})

it('takes folders, marks of direction and control characters out of a name', () => {
  expect(toSafeFilename('..\\..\\etc/passwd')).toBe('passwd')
  expect(toSafeFilename('cod\u202efdp.exe\u0000')).toBe('codfdp.exe')
  expect(toSafeFilename('...')).toBe('')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const safe = toSafeFilename(name)
      expect(safe).not.toMatch(/[/\\\p{Cc}]/u)
      expect([...safe].length).toBeLessThanOrEqual(255)
      expect(toContentDisposition('text/html', safe)).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\x21-\x7e]*$/)
    }),
  )
})

it('never throws anything but a problem that names the header', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      try {
        parseUploadMetadata(header)
      } catch (error) {
        expect(error).toMatchObject({ code: 'EDUFED_UPLOAD_METADATA' })
      }
    }),
  )
})

it('keeps every range within the file', () => {
  const header = fc.oneof(
    fc.tuple(fc.nat(2_000), fc.nat(2_000)).map(([a, b]) => `bytes=${a}-${b}`),
    fc.nat(2_000).map((a) => `bytes=${a}-`),
    fc.nat(2_000).map((a) => `bytes=-${a}`),
    fc.string(),
  )
  fc.assert(
    fc.property(header, fc.nat(1_000), (text, size) => {
      const range = parseByteRange(text, size)
      if (typeof range === 'string') return
      expect(range.start).toBeGreaterThanOrEqual(0)
      expect(range.end).toBeLessThan(size)
      expect(range.start).toBeLessThanOrEqual(range.end)
    }),
  )
})
