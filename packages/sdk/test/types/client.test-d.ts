import {
  type Change,
  createClient,
  createSearchClient,
  type EdufedClient,
  type FacetCount,
  type FacetValues,
  type Harvest,
  isApiError,
  isRateLimitError,
  isValidationError,
  type LearningResource,
  type PushRecord,
  type PushResult,
  type RateLimitError,
  type SearchHit,
  type SearchPage,
  type Upload,
  type UploadProgress,
} from '@edufed/sdk'
import { expectTypeOf, it } from 'vitest'

const client = createClient({ baseUrl: 'https://node.example' })

it('types what a search takes and gives', () => {
  expectTypeOf(client.search({ q: 'x', facets: ['subject'], subject: ['maths'] })).resolves.toEqualTypeOf<SearchPage>()
  expectTypeOf<SearchPage['facets']['grade']>().toEqualTypeOf<FacetCount[] | undefined>()
  expectTypeOf(client.facetValues('region', { find: '天山', q: 'x' })).resolves.toEqualTypeOf<FacetValues>()
  expectTypeOf<SearchHit['resource']>().toEqualTypeOf<LearningResource>()
  expectTypeOf<SearchHit['score']>().toEqualTypeOf<number>()
  expectTypeOf(client.searchAll()).toExtend<AsyncIterable<SearchHit>>()
  // @ts-expect-error there is no such facet
  void client.search({ facets: ['colour'] })
  // @ts-expect-error a filter takes several values
  void client.search({ subject: 'maths' })
})

it('gives JSON-LD its own type', () => {
  expectTypeOf(client.resources.get('urn:edufed:a:1')).resolves.toEqualTypeOf<LearningResource>()
  expectTypeOf(client.resources.get('urn:edufed:a:1', { format: 'ld+json' })).resolves.toEqualTypeOf<Record<string, unknown>>()
})

it('pushes arrays, generators and async iterables', () => {
  const push = client.records.push
  expectTypeOf(push).parameter(1).toEqualTypeOf<Iterable<PushRecord> | AsyncIterable<PushRecord>>()
  expectTypeOf(push('s', [])).toExtend<AsyncIterable<PushResult>>()
  // @ts-expect-error a record needs an identifier
  push('s', [{ resource: { name: { en: 'x' } } }])
})

it('types streams and uploads', () => {
  expectTypeOf(client.changes.follow({ live: true })).toExtend<AsyncIterable<Change>>()
  expectTypeOf(client.harvests.follow('s', 'h')).toExtend<AsyncIterable<Harvest>>()
  const upload = client.uploads.start(new Uint8Array(), { sourceId: 's' })
  expectTypeOf(upload.done).resolves.toEqualTypeOf<Upload>()
  expectTypeOf(upload.progress).toEqualTypeOf<UploadProgress>()
})

it('narrows errors', () => {
  const error: unknown = undefined
  if (isRateLimitError(error)) expectTypeOf(error.retryAfterMs).toEqualTypeOf<number>()
  if (isApiError(error)) expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>()
  if (isValidationError(error)) expectTypeOf(error.errors[0]?.path).toEqualTypeOf<string | undefined>()
  expectTypeOf<RateLimitError['name']>().toEqualTypeOf<'RateLimitError'>()
})

it('gives a portal only what it needs', () => {
  const search = createSearchClient({ baseUrl: '/' })
  expectTypeOf(search.search).toEqualTypeOf<EdufedClient['search']>()
  expectTypeOf(search).not.toHaveProperty('records')
})
