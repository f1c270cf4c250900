import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CatalogStore, RawResponseWrite } from '../../../src/catalog/catalog-store.js'
import { createSqlCatalogStore } from '../../../src/catalog/sql-catalog-store.js'
import { anonymousViewer, nodeViewer } from '../../../src/catalog/viewer.js'
import type { Database } from '../../../src/database/database.js'
import { aRecord } from '../../support/a-record.js'
import { databaseEngines, openTestDatabase } from '../../support/database.js'

const id = (identifier: string) => `urn:edufed:school.example:${identifier}`

describe.each(databaseEngines)('the catalogue on $title', ({ engine, isSkipped }) => {
  describe.skipIf(isSkipped)('(open)', () => {
    let database: Database
    let catalog: CatalogStore
    let now: Date

    beforeEach(async () => {
      database = await openTestDatabase(engine)
      now = new Date('2026-03-01T00:00:00.000Z')
      catalog = createSqlCatalogStore(database, { clock: () => now, pollMs: 20 })
    })
    afterEach(() => database.close())

    const outcomes = async (...records: ReturnType<typeof aRecord>[]) => (await catalog.writeRecords(records)).map((r) => r.outcome)
    const log = async () =>
      (await catalog.scanChanges({ after: 0, limit: 1000 })).map((c) => `${c.kind} ${c.resourceId.split(':').at(-1)} v${c.version}`)
    const at = (second: number) => {
      now = new Date(Date.UTC(2026, 2, 1, 0, 0, second))
    }

    it('keeps its epoch, another in each catalogue', async () => {
      const epoch = await catalog.epoch()
      expect(epoch).toMatch(/^[0-9a-f-]{36}$/)
      expect(await createSqlCatalogStore(database).epoch()).toBe(epoch)
    })

    it('creates, updates and leaves alone, and logs only what changed', async () => {
      expect(await outcomes(aRecord('a'), aRecord('b'))).toEqual(['created', 'created'])
      expect(await outcomes(aRecord('a'), aRecord('b', { text: 'two' }))).toEqual(['unchanged', 'updated'])
      expect(await log()).toEqual(['created a v1', 'created b v1', 'updated b v2'])
      const results = await catalog.writeRecords([aRecord('b', { text: 'two' })])
      expect(results).toEqual([{ outcome: 'unchanged', resourceId: id('b'), version: 2 }])
    })

    it('gives the whole document of a resource', async () => {
      await database.write
        .insertInto('sources')
        .values({
          id: 'school',
          name: '实验小学',
          kind: 'push',
          settings_json: '{}',
          level: 'school',
          default_scope: 'public',
          is_enabled: 1,
          created_at: '',
          updated_at: '',
        })
        .execute()
      const issues = [{ code: 'date.unreadable', path: '/dateCreated', message: 'No date.', severity: 'warning' as const }]
      await catalog.writeRecords([
        aRecord('a', {
          draft: { name: { 'ug-Arab': 'ماتېماتىكا' }, inLanguage: ['ug-Arab'] },
          region: '650000',
          datestamp: '2026-01-01',
          via: [{ node: 'province.example', identifier: 'x' }],
          issues,
        }),
      ])
      const stored = await catalog.findResource(id('a'), anonymousViewer)
      expect(JSON.parse(stored!.resourceJson)).toEqual(stored!.resource)
      expect(stored).toEqual({
        id: id('a'),
        status: 'active',
        resourceJson: stored!.resourceJson,
        resource: {
          id: id('a'),
          name: { 'ug-Arab': 'ماتېماتىكا' },
          type: ['LearningResource'],
          inLanguage: ['ug-Arab'],
          usageScope: 'public',
          review: { state: 'selfReviewed', history: [] },
          status: 'active',
          version: 1,
          contentHash: 'one'.padEnd(64, '0'),
          firstSeen: '2026-03-01T00:00:00.000Z',
          lastSeen: '2026-03-01T00:00:00.000Z',
          provenance: {
            sourceId: 'school',
            sourceIdentifier: 'a',
            sourceDatestamp: '2026-01-01',
            metadataPrefix: 'push',
            origin: { authority: 'school.example', identifier: 'a' },
            via: [{ node: 'province.example', identifier: 'x' }],
            level: 'school',
            region: '650000',
          },
          quality: issues,
        },
        sources: [{ id: 'school', name: '实验小学', level: 'school', region: '650000', identifier: 'a' }],
        sequence: 1,
        visibleTo: 'public',
      })
    })

    it('lets a draft name further types, and always says that it is a learning resource', async () => {
      const typesOf = async (identifier: string) => (await catalog.findResource(id(identifier), anonymousViewer))?.resource.type
      await catalog.writeRecords([
        aRecord('a', { draft: { name: { en: 'A' }, type: ['Quiz'] } }),
        aRecord('b', { draft: { name: { en: 'B' }, type: ['VideoObject', 'LearningResource'] } }),
        aRecord('c', { draft: { name: { en: '"type":["Quiz"]' } } }),
      ])
      expect(await typesOf('a')).toEqual(['LearningResource', 'Quiz'])
      expect(await typesOf('b')).toEqual(['VideoObject', 'LearningResource'])
      expect(await typesOf('c')).toEqual(['LearningResource'])
    })

    it('remembers a record as it was written', async () => {
      const record = aRecord('a', { harvestId: 'h1', rawDigest: 'f'.repeat(64), datestamp: '2026', region: '140000' })
      await catalog.writeRecords([record])
      expect(await catalog.findRecord('school', 'a')).toEqual(record)
      expect(await catalog.findRecord('school', 'b')).toBeUndefined()
    })

    it('keeps a deleted record as a tombstone, and lets it come back', async () => {
      await outcomes(aRecord('a'))
      expect(await outcomes(aRecord('a', { state: 'deleted' }))).toEqual(['deleted'])
      expect(await outcomes(aRecord('a', { state: 'deleted' }))).toEqual(['unchanged'])
      const tombstone = await catalog.findResource(id('a'), anonymousViewer)
      expect(tombstone).toMatchObject({ resource: { status: 'deleted', version: 2, name: {} }, sources: [] })
      expect(await outcomes(aRecord('a'))).toEqual(['created'])
      expect(await catalog.findResource(id('a'), anonymousViewer)).toMatchObject({ resource: { status: 'active', version: 3 } })
      expect(await log()).toEqual(['created a v1', 'deleted a v2', 'created a v3'])
    })

    it('keeps the origin of a record whose deletion does not name it', async () => {
      const origin = { authority: 'origin.example', identifier: '7' }
      const resourceId = 'urn:edufed:origin.example:7'
      await outcomes(aRecord('a', { origin, resourceId, via: [{ node: 'origin.example', identifier: '7' }] }))
      const results = await catalog.writeRecords([aRecord('a', { state: 'deleted' })])
      expect(results).toEqual([{ outcome: 'deleted', resourceId }])
      expect(await catalog.findResource(resourceId, nodeViewer)).toMatchObject({ resource: { status: 'deleted', provenance: { origin } } })
    })

    it('notes the deletion of what it never had, without a change', async () => {
      expect(await outcomes(aRecord('a', { state: 'deleted' }))).toEqual(['deleted'])
      expect(await log()).toEqual([])
      expect(await catalog.findResource(id('a'), nodeViewer)).toBeUndefined()
    })

    it('handles several records of one identifier in a batch in their order', async () => {
      expect(
        await outcomes(aRecord('a'), aRecord('a'), aRecord('a', { text: 'two' }), aRecord('b'), aRecord('b', { state: 'deleted' })),
      ).toEqual(['created', 'unchanged', 'updated', 'created', 'deleted'])
      expect(await log()).toEqual(['created a v1'])
      expect(await catalog.findResource(id('a'), nodeViewer)).toMatchObject({ resource: { name: { 'zh-Hans': 'two' } } })
      expect(await outcomes(aRecord('a', { text: 'three' }), aRecord('a', { text: 'two' }))).toEqual(['updated', 'updated'])
      expect(await log()).toEqual(['created a v1'])
    })

    it('holds a quarantined record back, and hides what it replaced until it is whole again', async () => {
      const issues = [{ code: 'title.missing', path: '/name', message: 'No title.', severity: 'error' as const }]
      await outcomes(aRecord('a'))
      expect(await outcomes(aRecord('a', { state: 'quarantined', issues }), aRecord('b', { state: 'quarantined', issues }))).toEqual([
        'quarantined',
        'quarantined',
      ])
      expect(await outcomes(aRecord('b', { state: 'quarantined', issues }))).toEqual(['quarantined'])
      expect(await log()).toEqual(['created a v1', 'deleted a v2'])
      expect(await catalog.findResource(id('b'), nodeViewer)).toBeUndefined()
      expect(await outcomes(aRecord('b'))).toEqual(['created'])
    })

    it('lists held records newest first, page by page', async () => {
      for (let index = 1; index <= 5; index++) {
        at(index)
        await outcomes(aRecord(`q${index}`, { state: 'quarantined' }))
      }
      const first = await catalog.listQuarantined('school', { limit: 2 })
      const second = await catalog.listQuarantined('school', { limit: 9, after: first.at(-1)!.identifier })
      expect([...first, ...second].map((r) => r.identifier)).toEqual(['q5', 'q4', 'q3', 'q2', 'q1'])
      expect(await catalog.listQuarantined('other', { limit: 9 })).toEqual([])
    })

    describe('when several sources hold one resource', () => {
      const hop = { node: 'province.example', identifier: 'x' }
      const far = (overrides = {}) =>
        aRecord('far', { sourceId: 'province', resourceId: id('a'), via: [hop], text: 'far', level: 'provincial', ...overrides })

      it('shows the record of the shortest path, whatever the order of arrival', async () => {
        await outcomes(far())
        expect(await catalog.findResource(id('a'), nodeViewer)).toMatchObject({ resource: { name: { 'zh-Hans': 'far' }, version: 1 } })
        await outcomes(aRecord('a'))
        const stored = await catalog.findResource(id('a'), nodeViewer)
        expect(stored).toMatchObject({ resource: { name: { 'zh-Hans': 'one' }, version: 2, provenance: { sourceId: 'school' } } })
        expect(stored?.sources.map((s) => s.id)).toEqual(['school', 'province'])
        expect(await outcomes(far({ text: 'farther' }))).toEqual(['updated'])
        expect(await log()).toEqual(['created a v1', 'updated a v2'])
      })

      it('prefers the one known for longer when the paths are equally long', async () => {
        await outcomes(aRecord('late', { sourceId: 'z', resourceId: id('a') }))
        at(5)
        await outcomes(aRecord('early', { sourceId: 'b', resourceId: id('a'), text: 'two' }))
        expect(await catalog.findResource(id('a'), nodeViewer)).toMatchObject({ resource: { provenance: { sourceId: 'z' } } })
      })

      it('falls back to another holder when one deletes it, and buries it with the last', async () => {
        await outcomes(aRecord('a'), far())
        await outcomes(aRecord('a', { state: 'deleted' }))
        expect(await catalog.findResource(id('a'), nodeViewer)).toMatchObject({
          resource: { status: 'active', version: 2, name: { 'zh-Hans': 'far' } },
          sources: [{ id: 'province' }],
        })
        await outcomes(far({ state: 'deleted' }))
        expect(await log()).toEqual(['created a v1', 'updated a v2', 'deleted a v3'])
      })

      it('tells projections of a new holder without a new version', async () => {
        await outcomes(aRecord('a'))
        const before = await catalog.findResource(id('a'), nodeViewer)
        at(9)
        await outcomes(far({ text: 'one' }))
        const after = await catalog.findResource(id('a'), nodeViewer)
        expect(await log()).toEqual(['created a v1', 'updated a v1'])
        expect(after).toMatchObject({ resource: before!.resource, sequence: 2 })
        expect(after?.sources).toHaveLength(2)
      })

      it('moves a record whose origin was corrected to its own resource', async () => {
        await outcomes(aRecord('a'))
        expect(await outcomes(aRecord('a', { resourceId: id('z') }))).toEqual(['updated'])
        expect((await log()).toSorted()).toEqual(['created a v1', 'created z v1', 'deleted a v2'])
      })
    })

    describe('for viewers', () => {
      const member = { sees: ['public', 'alliance', 'member:m1'] }

      it('shows each what it may see, and nothing else', async () => {
        await outcomes(aRecord('p'), aRecord('m', { scope: 'school', visibleTo: 'member:m1' }), aRecord('n', { visibleTo: 'nobody' }))
        const seen = async (viewer: typeof member | typeof nodeViewer) => {
          const found = await Promise.all(['p', 'm', 'n'].map((name) => catalog.findResource(id(name), viewer)))
          const changes = await catalog.scanChanges({ after: 0, limit: 9, viewer })
          const dated = await catalog.scanByDatestamp({ limit: 9, viewer })
          expect(changes.map((c) => c.resourceId).toSorted()).toEqual(dated.map((r) => r.resource.id).toSorted())
          return found.flatMap((stored) => (stored ? [stored.resource.id.at(-1)] : []))
        }
        expect(await seen({ sees: ['public'] })).toEqual(['p'])
        expect(await seen(member)).toEqual(['p', 'm'])
        expect(await seen(nodeViewer)).toEqual(['p', 'm', 'n'])
        expect(await seen({ sees: [] })).toEqual([])
      })

      it('tells those who may no longer see a resource that it is gone', async () => {
        await outcomes(aRecord('a'))
        await outcomes(aRecord('a', { visibleTo: 'member:m1' }))
        const anonymous = await catalog.scanChanges({ after: 0, limit: 9, viewer: anonymousViewer })
        expect(anonymous.map((c) => c.kind)).toEqual(['created', 'deleted'])
        const whole = await catalog.scanChanges({ after: 0, limit: 9, viewer: member })
        expect(whole.map((c) => c.kind)).toEqual(['created', 'deleted', 'updated'])
        expect((await catalog.findResource(id('a'), nodeViewer))?.sequence).toBe(3)
        await outcomes(aRecord('a'))
        expect((await catalog.scanChanges({ after: 3, limit: 9 })).map((c) => c.kind)).toEqual(['updated'])
      })
    })

    describe('when its source is edited', () => {
      const source = { id: 'school', level: 'school', memberId: 'm1', defaultScope: 'public' as const }
      const open = { scope: 'public' as const, visibleTo: 'public' }
      const own = (scope: 'school' | 'public', token: string) => ({
        draft: { name: { en: 'own' }, usageScope: scope },
        scope,
        visibleTo: token,
      })
      const tokens = async () =>
        Object.fromEntries(
          (await catalog.scanResources({ limit: 2_000 })).map((stored) => [stored.resource.id.split(':').at(-1), stored.visibleTo]),
        )

      it('shows its records to others at once, but for those that say themselves who sees them', async () => {
        await outcomes(aRecord('a', open), aRecord('b', own('school', 'member:m1')), aRecord('c', own('public', 'public')))
        await outcomes(aRecord('other', { ...open, sourceId: 'library' }), aRecord('d', open), aRecord('d', { ...open, state: 'deleted' }))
        const after = await catalog.lastSequence()
        expect(await catalog.reviseVisibility({ ...source, defaultScope: 'school' })).toBe(1)
        expect(await tokens()).toEqual({ a: 'member:m1', b: 'member:m1', c: 'public', other: 'public' })
        expect((await catalog.findRecord('school', 'a'))?.scope).toBe('school')
        expect(await catalog.findResource(id('a'), anonymousViewer)).toBeUndefined()
        // Who may no longer see it is told that it is gone; the others get a new version.
        expect((await catalog.scanChanges({ after, limit: 9 })).map((c) => [c.resourceId, c.kind, c.visibleTo, c.version])).toEqual([
          [id('a'), 'deleted', 'public', 2],
          [id('a'), 'updated', 'member:m1', 2],
        ])
        expect(await catalog.reviseVisibility({ ...source, defaultScope: 'school' })).toBe(0)
        expect(await catalog.lastSequence()).toBe(after + 2)
      })

      it('gives each of its records to the new member or region, whichever its scope looks at', async () => {
        await outcomes(aRecord('a', { scope: 'province', visibleTo: 'region:65' }), aRecord('b', own('school', 'member:m1')))
        const province = { ...source, defaultScope: 'province' as const, region: '650000' }
        expect(await catalog.reviseVisibility(province)).toBe(2)
        const after = await catalog.lastSequence()
        expect(await catalog.reviseVisibility({ ...province, region: '540000', memberId: 'm2' })).toBe(2)
        expect(await tokens()).toEqual({ a: 'region:54', b: 'member:m2' })
        const changes = await catalog.scanChanges({ after, limit: 9 })
        expect(changes.map((c) => `${c.kind} ${c.visibleTo}`).toSorted()).toEqual([
          'deleted member:m1',
          'deleted region:65',
          'updated member:m2',
          'updated region:54',
        ])
        expect((await catalog.findResource(id('a'), nodeViewer))?.resource.provenance.region).toBe('540000')
      })

      it('shows the place of its records anew, without a new version when nobody else sees them', async () => {
        await outcomes(aRecord('a', open))
        const after = await catalog.lastSequence()
        expect(await catalog.reviseVisibility({ ...source, level: 'county', region: '650102' })).toBe(1)
        expect((await catalog.scanChanges({ after, limit: 9 })).map((c) => [c.kind, c.version])).toEqual([['updated', 1]])
        expect((await catalog.findResource(id('a'), nodeViewer))?.resource.provenance).toMatchObject({ level: 'county', region: '650102' })
      })

      it('leaves a resource as it is while a record of another source is the one that is shown', async () => {
        await outcomes(aRecord('a', open))
        at(1)
        const copy = aRecord('copy', { ...open, sourceId: 'library', resourceId: id('a') })
        await outcomes(copy)
        const after = await catalog.lastSequence()
        expect(await catalog.reviseVisibility({ ...source, id: 'library', defaultScope: 'school' })).toBe(1)
        expect(await tokens()).toEqual({ a: 'public' })
        expect(await catalog.lastSequence()).toBe(after)
        await outcomes(aRecord('a', { ...open, state: 'deleted' }))
        expect(await tokens()).toEqual({ a: 'member:m1' })
      })

      it('holds for quarantined records too, and for more than one batch', async () => {
        const many = Array.from({ length: 1_234 }, (_, index) => aRecord(`r${index}`, open))
        await catalog.writeRecords([...many, aRecord('held', { ...open, state: 'quarantined' })])
        const after = await catalog.lastSequence()
        expect(await catalog.reviseVisibility({ ...source, defaultScope: 'alliance' })).toBe(1_235)
        expect(new Set(Object.values(await tokens()))).toEqual(new Set(['alliance']))
        expect(await catalog.lastSequence()).toBe(after + 2 * 1_234)
        expect(await outcomes(aRecord('r7', { scope: 'alliance', visibleTo: 'alliance' }))).toEqual(['unchanged'])
      })
    })

    it('walks the change log in pages without loss', async () => {
      await catalog.writeRecords(Array.from({ length: 1234 }, (_, index) => aRecord(`r${index}`)))
      const seen: string[] = []
      for (let after = 0; ; ) {
        const page = await catalog.scanChanges({ after, limit: 100 })
        if (page.length === 0) break
        expect(page.every((change, index) => change.sequence > (index ? page[index - 1]!.sequence : after))).toBe(true)
        seen.push(...page.map((change) => change.resourceId))
        after = page.at(-1)!.sequence
      }
      expect(seen).toEqual(Array.from({ length: 1234 }, (_, index) => id(`r${index}`)))
      expect(await catalog.lastSequence()).toBe((await catalog.scanChanges({ after: 0, limit: 5000 })).at(-1)!.sequence)
    })

    it('walks live resources by id and finds many at once', async () => {
      await catalog.writeRecords(['c', 'a', 'b', 'D', 'é'].map((name) => aRecord(name)))
      await outcomes(aRecord('b', { state: 'deleted' }))
      const first = await catalog.scanResources({ limit: 2 })
      const rest = await catalog.scanResources({ after: first.at(-1)!.resource.id, limit: 10 })
      expect([...first, ...rest].map((stored) => stored.resource.id)).toEqual([id('D'), id('a'), id('c'), id('é')])
      const found = await catalog.findResources([id('a'), id('b'), id('unknown'), id('a')])
      expect([...found.keys()].toSorted()).toEqual([id('a'), id('b')])
      expect(found.get(id('b'))?.resource.status).toBe('deleted')
    })

    it('selects by date, tombstones too, both ends included', async () => {
      for (let second = 1; second <= 4; second++) {
        at(second)
        await outcomes(aRecord(`d${second}`), aRecord(`e${second}`))
      }
      at(5)
      await outcomes(aRecord('d1', { state: 'deleted' }))
      const names = async (scan: { from?: string; until?: string; after?: { updatedAt: string; id: string }; limit?: number }) =>
        (await catalog.scanByDatestamp({ limit: 99, viewer: nodeViewer, ...scan })).map((s) => s.resource.id.split(':').at(-1))
      expect(await names({})).toEqual(['e1', 'd2', 'e2', 'd3', 'e3', 'd4', 'e4', 'd1'])
      expect(await names({ from: '2026-03-01T00:00:02Z', until: '2026-03-01T00:00:03Z' })).toEqual(['d2', 'e2', 'd3', 'e3'])
      expect(await names({ until: '2026-03-01' })).toHaveLength(8)
      expect(await names({ after: { updatedAt: '2026-03-01T00:00:02.000Z', id: id('d2') }, limit: 2 })).toEqual(['e2', 'd3'])
    })

    it('never dates a change before an earlier one, also when the clock runs backwards', async () => {
      at(9)
      await outcomes(aRecord('a'))
      at(3)
      await outcomes(aRecord('b'))
      expect((await catalog.scanChanges({ after: 0, limit: 9 })).map((c) => c.at)).toEqual(Array(2).fill('2026-03-01T00:00:09.000Z'))
    })

    it('deletes what a full list did not name, and only that', async () => {
      await catalog.writeRecords(
        Array.from({ length: 1100 }, (_, index) => aRecord(`r${String(index).padStart(4, '0')}`, { harvestId: 'h1' })),
      )
      await outcomes(aRecord('other', { sourceId: 'another', harvestId: 'h1', resourceId: id('other') }))
      await outcomes(aRecord('pushed'))
      await outcomes(aRecord('r0000', { harvestId: 'h2' }), aRecord('r1099', { text: 'two', harvestId: 'h2' }))
      expect(await catalog.countUnseen('school', 'h2')).toBe(1099)
      expect(await catalog.deleteUnseen('school', 'h2')).toBe(1099)
      expect(await catalog.deleteUnseen('school', 'h2')).toBe(0)
      expect(await catalog.countUnseen('school', 'h2')).toBe(0)
      expect(await catalog.countRecords(['school', 'another', 'none'])).toEqual(
        new Map([
          ['school', 2],
          ['another', 1],
          ['none', 0],
        ]),
      )
    })

    it('keeps answers of sources byte for byte, the same bytes once', async () => {
      const answer = (url: string, bytes: Uint8Array): RawResponseWrite => ({
        url,
        mediaType: 'text/xml',
        retrievedAt: '2026-01-01T00:00:00.000Z',
        body: bytes,
      })
      const big = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251)
      const first = [answer('http://a/1', big), answer('http://a/2', new Uint8Array())]
      const digests = await catalog.keepRaw('h1', 0, first)
      expect(digests[1]).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
      expect(await catalog.keepRaw('h1', 1, [answer('http://a/3', big)])).toEqual([digests[0]])
      await catalog.keepRaw('h1', 0, first)
      await catalog.keepRaw('h2', 0, [answer('http://b', big)])
      const read: RawResponseWrite[] = []
      for await (const response of catalog.readRaw('h1')) read.push({ ...response, body: new Uint8Array(response.body) })
      expect(read).toEqual([...first, answer('http://a/3', big)])
      const count = await database.read
        .selectFrom('raw_responses')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirst()
      expect(count?.n).toBe(2)
    })

    it('wakes who waits for a change: written here, written elsewhere, or there already', async () => {
      const wait = (sequence: number) => catalog.waitForChange(sequence, { timeoutMs: 60_000 })
      const here = wait(0)
      await outcomes(aRecord('a'))
      await here
      await wait(0)
      if (engine === 'postgres') {
        const elsewhere = wait(1)
        await createSqlCatalogStore(database).writeRecords([aRecord('b')])
        await elsewhere
      }
    })

    it('stops waiting after its time, or when told to', async () => {
      await catalog.waitForChange(0, { timeoutMs: 5 })
      const stop = new AbortController()
      const waiting = catalog.waitForChange(0, { timeoutMs: 60_000, signal: stop.signal })
      stop.abort()
      await waiting
    })

    it('keeps nothing of a batch that cannot be kept', async () => {
      const broken = aRecord('b', { text: 'x' })
      Object.assign(broken, { level: null })
      await expect(catalog.writeRecords([aRecord('a'), broken])).rejects.toThrow()
      expect(await catalog.lastSequence()).toBe(0)
      expect(await catalog.findRecord('school', 'a')).toBeUndefined()
    })
  })
})
