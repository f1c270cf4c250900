import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../src/connectors/connector.js'
import { resourceSync } from '../../src/connectors/resourcesync/index.js'
import type { ResourceSyncSettings } from '../../src/connectors/resourcesync/settings.js'
import { type FileServer, startFileServer } from '../support/file-server.js'
import { issueCodes, readSource, replay, titleOf } from '../support/read-source.js'
import { resourceSyncDocuments } from '../support/resource-sync-documents.js'
import { buildZip } from '../support/workbook.js'
import { toZip64 } from '../support/zip64.js'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const { dc, list, entry, link, pathsOf, give } = resourceSyncDocuments(() => server)
const inZip = (path: string, md = '', lastmod?: string) => entry(path, `path="${path}" ${md}`, '', lastmod)
const read = (settings: Partial<ResourceSyncSettings> = {}, state: Parameters<typeof readSource>[2] = {}) =>
  readSource(resourceSync, { url: `${server.url}/caps.xml`, ...settings }, state)
const offer = (...capabilities: string[]) =>
  give({ '/caps.xml': list('capabilitylist', capabilities.map((name) => entry(`/${name}.xml`, `capability="${name}"`)).join('')) })
const pack = (manifest: string, files: Record<string, string> = {}, kind = 'resourcedump') =>
  buildZip({ 'manifest.xml': list(`${kind}-manifest`, manifest), ...files })
const dump = (packages: string, at = '2024-02-01T00:00:00Z') => give({ '/resourcedump.xml': list('resourcedump', packages, `at="${at}"`) })
const changeDump = (packages: string, from = '2024-01-01T00:00:00Z') =>
  give({ '/changedump.xml': list('changedump', packages, `from="${from}"`) })

/** A package with a record for each of the numbers, in a resource dump or as changes of a time. */
function packRecords(numbers: readonly number[], title = (number: number) => `t${number}`): Buffer {
  return pack(
    numbers.map((number) => inZip(`/${number}.xml`)).join(''),
    Object.fromEntries(numbers.map((number) => [`${number}.xml`, dc(title(number))])),
  )
}
const numbers = (count: number, first = 0) => Array.from({ length: count }, (_, index) => first + index)

describe('a ResourceSync source with a resource dump', () => {
  it('gives the records of all packages without a request for each, and hands each answer on for replay', async () => {
    offer('resourcedump')
    dump(entry('/a.zip', 'type="application/zip"') + entry('/b.zip', 'type="application/zip"'))
    give({
      '/a.zip': pack(
        entry('/1.pdf', 'path="/files/1.pdf" type="application/pdf" length="4"', link('describedby', '/1.xml', 'type="application/xml"')) +
          entry('/1.xml', 'path="/meta/1.xml" type="application/xml"') +
          entry('/3.html', 'path="/files/3.html" type="text/html"'),
        {
          'files/1.pdf': '%PDF',
          'meta/1.xml': dc('甲'),
          'files/3.html': '<!doctype html><html lang="zh"><head><meta name="DC.title" content="丙"></head></html>',
        },
      ),
      '/b.zip': pack(entry('/5.xml', 'path="/5.xml"', link('describes', '/5.pdf')), { '5.xml': dc('戊') }),
    })
    const { items, issues, end, pages } = await read()
    expect(pathsOf(items)).toEqual(['record /1.pdf', 'record /3.html', 'record /5.pdf'])
    expect(items.map(titleOf)).toEqual(['甲', '丙', '戊'])
    expect(issues).toEqual([])
    expect(end).toMatchObject({ isFullList: true, next: { at: '2024-02-01T00:00:00Z' } })
    expect(server.requests).toEqual(['/caps.xml', '/resourcedump.xml', '/a.zip', '/b.zip'])
    expect(await replay(resourceSync, { url: server.url }, pages)).toEqual(items)

    server.requests.length = 0
    const second = await read({}, { since: end!.next })
    expect(second.items).toEqual([])
    expect(second.end).toEqual({ next: end!.next, isFullList: false })
    expect(server.requests).toEqual(['/caps.xml', '/resourcedump.xml'])

    dump(entry('/b.zip', '', '', '2024-03-01T00:00:00Z'), '2024-03-01T00:00:00Z')
    const third = await read({}, { since: second.end!.next })
    expect(pathsOf(third.items)).toEqual(['record /5.pdf'])
    expect(third.end?.isFullList).toBe(true)
  })

  it('is read by its resource list, unless the settings say that the dump is to be taken first; changes follow from there', async () => {
    offer('resourcelist', 'changelist', 'resourcedump')
    give({
      '/resourcelist.xml': list(
        'resourcelist',
        numbers(3)
          .map((number) => entry(`/${number}.xml`))
          .join(''),
        'at="2024-02-01T00:00:00Z"',
      ),
      '/changelist.xml': list('changelist', entry('/1.xml', 'change="updated"', '', '2024-02-03T00:00:00Z'), 'from="2024-01-01T00:00:00Z"'),
      '/a.zip': packRecords(numbers(3)),
    })
    for (const number of numbers(3)) give({ [`/${number}.xml`]: dc(`t${number}`) })
    dump(entry('/a.zip'))
    const byList = await read()
    expect(server.requests).not.toContain('/a.zip')
    server.requests.length = 0
    const byDump = await read({ useDumps: true })
    expect(server.requests).toEqual(['/caps.xml', '/resourcedump.xml', '/a.zip'])
    expect(byDump.items).toEqual(byList.items)

    give({ '/1.xml': dc('newer') })
    const later = await read({ useDumps: true }, { since: byDump.end!.next })
    expect(later.items.map(titleOf)).toEqual(['newer'])
  })

  it('names the files that a package lacks, and those that are others than declared; what is there is taken', async () => {
    const md5 = (text: string) => `md5:${createHash('md5').update(text).digest('hex')}`
    offer('resourcedump')
    const zip = pack(
      inZip('/1.xml', `hash="${md5(dc('甲'))}" length="${Buffer.byteLength(dc('甲'))}"`) +
        inZip('/2.xml', `hash="${md5('x')}"`) +
        inZip('/3.xml', 'length="7"') +
        inZip('/4.xml') +
        inZip('/5.png', 'type="image/png"'),
      { '1.xml': dc('甲'), '2.xml': dc('乙'), '3.xml': dc('丙') },
    )
    give({ '/a.zip': zip, '/4.xml': dc('from the web') })
    dump(entry('/a.zip', `hash="${md5('another')}"`))
    const { items, pages, end } = await read()
    expect(items.map((item) => [titleOf(item), issueCodes(item).includes('resource.hashDiffers')])).toEqual([
      ['甲', false],
      ['乙', true],
      ['丙', true],
    ])
    const issues = pages.flatMap((page) => page.issues ?? [])
    expect(issues.map(({ code, path }) => [code, path.replace(server.url, '')])).toEqual([
      ['dump.hashDiffers', '/a.zip'],
      ['dump.fileMissing', '/4.xml'],
      ['dump.fileMissing', '/5.png'],
      ['resource.undescribed', 'rs:ln'],
    ])
    expect(issues.filter(({ code }) => code === 'dump.fileMissing').map(({ value }) => value)).toEqual(['/4.xml', '/5.png'])
    expect(end?.isFullList).toBe(false)
    expect(await replay(resourceSync, { url: server.url }, pages)).toEqual(items)
  })

  it('reads packages that are ZIP64', async () => {
    offer('resourcedump')
    dump(entry('/a.zip'))
    give({ '/a.zip': toZip64(packRecords(numbers(3))) })
    const { items, issues } = await read()
    expect(items.map(titleOf)).toEqual(['t0', 't1', 't2'])
    expect(issues).toEqual([])
  })

  it('asks the web for metadata that a package names without holding them', async () => {
    offer('resourcedump')
    dump(entry('/a.zip'))
    const manifest = entry('/1.pdf', 'path="/1.pdf" type="application/pdf"', link('describedby', '/1.xml', 'type="application/xml"'))
    give({ '/a.zip': pack(manifest, { '1.pdf': '%PDF' }), '/1.xml': dc('甲') })
    const { items, end } = await read()
    expect(items.map(titleOf)).toEqual(['甲'])
    expect(end?.isFullList).toBe(true)
  })

  it('keeps what was known of a package that could not be read', async () => {
    offer('resourcedump')
    dump(entry('/a.zip') + entry('/b.zip'))
    give({ '/a.zip': packRecords([1]), '/b.zip': packRecords([2]) })
    const first = await read()
    dump(entry('/a.zip', '', '', '2024-03-01T00:00:00Z') + entry('/b.zip', '', '', '2024-03-01T00:00:00Z'))
    give({ '/b.zip': 'broken' })
    const second = await read({}, { since: first.end!.next })
    expect(pathsOf(second.items)).toEqual(['record /1.xml'])
    expect(second.end?.isFullList).toBe(false)
    give({ '/b.zip': packRecords([3]) })
    const third = await read({}, { since: second.end!.next })
    expect(pathsOf(third.items)).toEqual(['record /1.xml', 'record /3.xml'])
    expect(third.end?.isFullList).toBe(true)
  })

  it('goes on behind the last page that was kept when it was killed, without loss or double', async () => {
    offer('resourcedump')
    dump(['/a.zip', '/b.zip', '/c.zip'].map((path) => entry(path)).join(''))
    give({ '/a.zip': packRecords(numbers(50)), '/b.zip': packRecords(numbers(45, 50)), '/c.zip': packRecords(numbers(5, 95)) })
    const whole = await read()
    expect(whole.items).toHaveLength(100)
    expect(whole.pages).toHaveLength(5)
    for (const [index, { checkpoint }] of whole.pages.entries()) {
      const stored = JSON.parse(JSON.stringify(checkpoint)) as Checkpoint
      const rest = await read({}, { checkpoint: stored })
      const taken = whole.pages.slice(0, index + 1).flatMap((page) => page.items)
      expect(pathsOf([...taken, ...rest.items])).toEqual(pathsOf(whole.items))
      expect(rest.end).toEqual(whole.end)
    }
  })

  it('breaks off with a checkpoint when the source goes down between two packages', async () => {
    offer('resourcedump')
    dump(entry('/a.zip') + entry('/b.zip'))
    give({ '/a.zip': packRecords([1]), '/b.zip': (request) => void request.socket.destroy() })
    const { pages, error } = await read()
    expect(error?.code).toMatch(/^EDUFED_FETCH_/)
    give({ '/b.zip': packRecords([2]) })
    const rest = await read({}, { checkpoint: pages.at(-1)!.checkpoint })
    expect(pathsOf(rest.items)).toEqual(['record /2.xml'])
  })
})

describe('a faulty package of a dump', () => {
  const good = () => inZip('/1.xml')
  /** Sets a field of each entry of the list of files at the end of an archive. */
  const patch = (zip: Buffer, change: (zip: Buffer, position: number) => void) => {
    for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 4)) change(zip, at)
    return zip
  }
  it.each<[string, () => string | Buffer, string]>([
    ['leads out of itself', () => pack(good(), { '1.xml': dc('x'), '../../etc/cron.d/x': 'x' }), '../../etc'],
    ['has an absolute path', () => pack(good(), { '/etc/passwd': 'x' }), '/etc/passwd'],
    [
      'unpacks to far too much',
      () =>
        buildZip({ 'manifest.xml': list('resourcedump-manifest', good()), 'a.bin': 'x' }, (name, size) => (name === 'a.bin' ? 4e9 : size)),
      'unpacked it has more than',
    ],
    [
      'holds more than it declares',
      () => buildZip({ 'manifest.xml': list('resourcedump-manifest', good().repeat(500)) }, () => 100),
      'more than it declares',
    ],
    [
      'holds too many files',
      () => {
        const zip = toZip64(pack(good()))
        zip.writeBigUInt64LE(600_000n, zip.length - 22 - 20 - 56 + 32)
        return zip
      },
      '600000 files',
    ],
    ['is locked', () => patch(pack(good(), { '1.xml': dc('x') }), (zip, at) => zip.writeUInt16LE(1, at + 8)), 'password'],
    ['is cut off', () => pack(good(), { '1.xml': dc('x') }).subarray(0, 200), 'cut off'],
    ['is no ZIP file', () => '<html>not here</html>', 'no ZIP file'],
    ['has no manifest', () => buildZip({ 'a/manifest.xml': 'x' }), 'no manifest.xml'],
    ['is one of changes', () => pack(good(), {}, 'changedump'), 'changedump-manifest, not a resourcedump-manifest'],
    [
      'has a manifest that breaks off',
      () => buildZip({ 'manifest.xml': list('resourcedump-manifest', good()).slice(0, 250) }),
      'manifest.xml is faulty',
    ],
    [
      'has a manifest with entities',
      () => buildZip({ 'manifest.xml': '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset/>' }),
      'faulty',
    ],
  ])('is refused with a sentence when it %s, and the others are read', async (_, build, sentence) => {
    offer('resourcedump')
    dump(entry('/bad.zip') + entry('/good.zip'))
    give({ '/bad.zip': build(), '/good.zip': packRecords([7]) })
    const { items, pages, end, error } = await read({ maxUnpackedBytes: 1_000_000_000 })
    expect(error).toBeUndefined()
    expect(pathsOf(items)).toEqual(['record /7.xml'])
    const issues = pages.flatMap((page) => page.issues ?? [])
    expect(issues).toMatchObject([{ code: 'dump.refused', path: `${server.url}/bad.zip`, severity: 'error' }])
    expect(issues[0]?.message).toContain(sentence)
    expect(issues[0]?.value).toContain(sentence)
    expect(end?.isFullList).toBe(false)
  })

  it('that does not exist is told, and the others are read', async () => {
    offer('resourcedump')
    dump(entry('/gone.zip') + entry('/good.zip'))
    give({ '/good.zip': packRecords([7]) })
    const { items, issues } = await read()
    expect(pathsOf(items)).toEqual(['record /7.xml'])
    expect(issues).toEqual(['dump.refused'])
  })

  it('ends the harvest with an error that says what to do when there is no other', async () => {
    offer('resourcedump')
    dump(entry('/bad.zip'))
    give({ '/bad.zip': 'x' })
    const { error, end } = await read()
    expect(error).toMatchObject({ code: 'EDUFED_DUMP_UNREADABLE', fix: expect.stringContaining('manifest.xml') })
    expect(end).toBeUndefined()
  })

  it('with a locked file tells it, and the other files are read', async () => {
    offer('resourcedump')
    dump(entry('/a.zip'))
    const names = numbers(12).map((number) => `${number}.xml`)
    const zip = patch(
      pack(names.map((name) => inZip(`/${name}`)).join(''), Object.fromEntries(names.map((name) => [name, dc(name)]))),
      (bytes, at) => {
        if (bytes.toString('utf8', at + 46, at + 51) === '3.xml') bytes.writeUInt16LE(1, at + 8)
      },
    )
    give({ '/a.zip': zip })
    const { items, pages, end } = await read()
    expect(items).toHaveLength(11)
    const issues = pages.flatMap((page) => page.issues ?? [])
    expect(issues).toMatchObject([{ code: 'page.failed', path: `${server.url}/3.xml`, message: expect.stringContaining('password') }])
    expect(end?.isFullList).toBe(false)
  })
})

describe('a ResourceSync source with change dumps', () => {
  const span = (from: string, until: string) => `from="2024-${from}T00:00:00Z" until="2024-${until}T00:00:00Z"`
  const changed = (path: string, change: string, day: string, file = path) =>
    entry(path, `change="${change}" ${change === 'deleted' ? '' : `path="${file}"`}`, '', `2024-${day}T00:00:00Z`)
  const changes = (manifest: string, files: Record<string, string> = {}) => pack(manifest, files, 'changedump')
  const begin = async () => {
    offer('resourcedump', 'changedump')
    dump(entry('/a.zip'))
    give({ '/a.zip': packRecords(numbers(20)) })
    changeDump('')
    return (await read()).end!.next
  }

  it('gives what was created, updated and deleted since, the last change of each last', async () => {
    const since = await begin()
    changeDump(
      entry('/c2.zip', span('02-10', '02-20')) + entry('/c0.zip', span('01-01', '01-20')) + entry('/c1.zip', span('01-20', '02-10')),
    )
    give({
      '/c1.zip': changes(
        changed('/3.xml', 'updated', '01-25', '/old/3.xml') +
          changed('/1.xml', 'updated', '02-03', '/v1/1.xml') +
          changed('/1.xml', 'updated', '02-04', '/v2/1.xml') +
          changed('/new.xml', 'created', '02-04') +
          changed('/2.xml', 'deleted', '02-05') +
          changed('/5.xml', 'deleted', '02-05'),
        { 'old/3.xml': dc('old'), 'v1/1.xml': dc('v1'), 'v2/1.xml': dc('v2'), 'new.xml': dc('new') },
      ),
      '/c2.zip': changes(changed('/new.xml', 'deleted', '02-11') + changed('/5.xml', 'created', '02-12'), { '5.xml': dc('again') }),
    })
    server.requests.length = 0
    const second = await read({}, { since })
    expect(second.error).toBeUndefined()
    expect(server.requests).toEqual(['/caps.xml', '/changedump.xml', '/c1.zip', '/c2.zip'])
    expect(second.items.map((item) => `${pathsOf([item])[0]} ${titleOf(item) ?? ''}`)).toEqual([
      'record /1.xml v2',
      'record /new.xml new',
      'record /5.xml again',
      'deleted /2.xml ',
      'deleted /new.xml ',
    ])
    expect(second.end).toMatchObject({ isFullList: false, next: { at: '2024-02-12T00:00:00Z' } })

    server.requests.length = 0
    const third = await read({}, { since: second.end!.next })
    expect(third.items).toEqual([])
    expect(server.requests).toEqual(['/caps.xml', '/changedump.xml'])

    changeDump(entry('/c2.zip', span('02-10', '02-20')) + entry('/c3.zip', span('02-20', '02-28')))
    give({ '/c3.zip': changes(changed('/4.xml', 'updated', '02-21'), { '4.xml': dc('four') }) })
    const fourth = await read({}, { since: third.end!.next })
    expect(fourth.items.map(titleOf)).toEqual(['four'])
    expect(server.requests.slice(-2)).toEqual(['/changedump.xml', '/c3.zip'])
  })

  it('goes on behind the last page that was kept when it was killed, deletions among them', async () => {
    const since = await begin()
    const fresh = numbers(45, 100)
    changeDump(entry('/c1.zip', span('02-01', '02-10')) + entry('/c2.zip', span('02-10', '02-20')))
    give({
      '/c1.zip': changes(
        fresh.map((number) => changed(`/${number}.xml`, 'created', '02-04')).join('') + changed('/2.xml', 'deleted', '02-05'),
        Object.fromEntries(fresh.map((number) => [`${number}.xml`, dc('x')])),
      ),
      '/c2.zip': changes(changed('/1.xml', 'updated', '02-11') + changed('/100.xml', 'deleted', '02-12'), { '1.xml': dc('v2') }),
    })
    const whole = await read({}, { since })
    expect(pathsOf(whole.items).slice(45)).toEqual(['record /1.xml', 'deleted /2.xml', 'deleted /100.xml'])
    for (const [index, { checkpoint }] of whole.pages.slice(0, -1).entries()) {
      const rest = await read({}, { since, checkpoint: JSON.parse(JSON.stringify(checkpoint)) as Checkpoint })
      const taken = whole.pages.slice(0, index + 1).flatMap((page) => page.items)
      expect(pathsOf([...taken, ...rest.items])).toEqual(pathsOf(whole.items))
      expect(rest.end).toEqual(whole.end)
    }
  })

  it('asks again for the changes of a package that was refused', async () => {
    const since = await begin()
    changeDump(entry('/c1.zip', span('02-01', '02-10')) + entry('/c2.zip', span('02-10', '02-20')))
    give({ '/c1.zip': 'broken', '/c2.zip': changes(changed('/1.xml', 'deleted', '02-11')) })
    const second = await read({}, { since })
    expect(pathsOf(second.items)).toEqual(['deleted /1.xml'])
    expect(second.issues).toEqual(['dump.refused'])
    give({
      '/c1.zip': changes(changed('/1.xml', 'updated', '02-04') + changed('/2.xml', 'updated', '02-04'), {
        '1.xml': dc('v2'),
        '2.xml': dc('v2'),
      }),
    })
    const third = await read({}, { since: second.end!.next })
    expect(pathsOf(third.items)).toEqual(['record /1.xml', 'record /2.xml', 'deleted /1.xml'])
  })

  it('is read whole when the changes begin too late, and when they delete more than a tenth', async () => {
    const since = await begin()
    changeDump(entry('/c1.zip', span('02-20', '02-28')), '2024-02-20T00:00:00Z')
    dump(entry('/a.zip', '', '', '2024-02-20T00:00:00Z'), '2024-02-20T00:00:00Z')
    const late = await read({}, { since })
    expect(late.items).toHaveLength(20)
    expect(late.end?.isFullList).toBe(true)

    changeDump(entry('/c1.zip', span('02-01', '02-28')))
    give({
      '/c1.zip': changes(
        numbers(10)
          .map((number) => changed(`/${number}.xml`, 'deleted', '02-25'))
          .join(''),
      ),
    })
    const many = await read({}, { since })
    expect(many.items).toEqual([])
    expect(many.issues).toEqual(['dump.manyDeleted'])
    expect(many.end).toEqual({ next: {}, isFullList: false })
  })

  it('is read by its changes alone when it offers nothing else, with a warning', async () => {
    offer('changedump')
    changeDump(entry('/c1.zip', span('01-01', '02-01')))
    give({ '/c1.zip': changes(changed('/1.xml', 'created', '01-05') + changed('/9.xml', 'deleted', '01-06'), { '1.xml': dc('甲') }) })
    const first = await read()
    expect(pathsOf(first.items)).toEqual(['record /1.xml', 'deleted /9.xml'])
    expect(first.issues).toEqual(['resourcesync.changesOnly'])
    changeDump(entry('/c1.zip', span('01-01', '02-01')) + entry('/c2.zip', span('02-01', '03-01')))
    give({ '/c2.zip': changes(changed('/1.xml', 'deleted', '02-05')) })
    const second = await read({}, { since: first.end!.next })
    expect(pathsOf(second.items)).toEqual(['deleted /1.xml'])
  })
})
