import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import { type Adapters, closeAdapters } from './adapters.js'
import type { App } from './app-instance.js'
import type { ServerConfig } from './config.js'
import { addChangeRoutes, ChangesService } from './modules/changes/index.js'
import { addMemberRoutes, createKeyDirectory, KeysService, MembersService } from './modules/members/index.js'
import { addIndexRoutes, addOperationRoutes, addReindexRoutes, OperationService, VerificationService } from './modules/operation/index.js'
import { addRecordRoutes, RecordsService } from './modules/records/index.js'
import { addSearchRoutes, PopularQueries, PopularQueryStore, SearchService } from './modules/search/index.js'
import { addSources } from './modules/sources/index.js'
import { addUploads, withAttachedFiles } from './modules/uploads/index.js'
import { addWeb } from './modules/web/index.js'
import { addAuthentication } from './plugins/authentication.js'
import { addClosingConnections } from './plugins/closing-connections.js'
import { addCors } from './plugins/cors.js'
import { addEntityTags } from './plugins/entity-tags.js'
import { addEventStreams } from './plugins/event-stream.js'
import { addIdempotency } from './plugins/idempotency.js'
import { rememberRoutes } from './plugins/known-routes.js'
import { measuredIngest } from './plugins/measured-ingest.js'
import { addMetrics } from './plugins/metrics.js'
import { addOpenApi } from './plugins/openapi.js'
import { addProblems, sendProblem } from './plugins/problems.js'
import { addRateLimit } from './plugins/rate-limit.js'
import { addRequestIds, requestIdOf } from './plugins/request-id.js'
import { addSecurityHeaders } from './plugins/security-headers.js'
import { type AnswerCheck, createSchemaController } from './plugins/validation.js'
import { openRankingFile } from './search/ranking-file.js'
import { openSynonymsFile } from './search/synonyms/synonyms-file.js'
import { version } from './version.js'

export interface BuildAppOptions {
  now?: () => Date
  /** Time between two signs of life on an event stream. @default 15000 */
  heartbeatMs?: number
  /** Time after which a client that reads nothing of an event stream is cut off. @default 60000 */
  stallMs?: number
  /** Folder of the pages' scripts, when they are not where the build puts them. */
  scripts?: string
  /** Compares each answer with the schema that documents it; for tests. */
  checkAnswer?: AnswerCheck
}

/**
 * The server with all its modules, ready for `listen` or `inject`; it opens no port itself.
 * `ready()` starts the background work; `close()` ends streams, work and adapters in this order.
 */
export async function buildApp(config: ServerConfig, adapters: Adapters, options: BuildAppOptions = {}): Promise<App> {
  const { database, catalog, searchIndex, indexer, jobs, logger } = adapters
  const { now = () => new Date(), heartbeatMs = 15_000, stallMs = 60_000 } = options
  const app = createServer(config, adapters, options.checkAnswer)

  // Before everything that adds routes, so that their hooks see all of them.
  rememberRoutes(app)
  addRequestIds(app)
  await addCors(app, config.corsOrigins)
  await addSecurityHeaders(app, { isSecure: config.publicUrl?.startsWith('https:') ?? false })
  const keyDirectory = createKeyDirectory({ database, now, log: logger })
  const { adminKey, isPrivate } = config
  addAuthentication(app, { keys: keyDirectory, ...(adminKey ? { adminKey } : {}), isPrivate, now })
  const metrics = await addMetrics(app)
  await addRateLimit(app, { anonymous: config.rateLimitPerMinute, withKey: config.keyRateLimitPerMinute })
  addProblems(app, config)
  addEntityTags(app)
  addIdempotency(app, { database, now })
  addClosingConnections(app)
  addEventStreams(app, { heartbeatMs, stallMs })
  await addOpenApi(app, { version, ...(config.publicUrl ? { publicUrl: config.publicUrl } : {}) })

  const contentUrl = (sha256: string) => `${config.publicUrl?.replace(/\/$/, '') ?? listeningUrl(app, config)}/api/v1/files/${sha256}`
  const measured = withAttachedFiles(measuredIngest(adapters.ingest, metrics), database, contentUrl)
  const { allowNetworks, harvestConcurrency, maxUploadBytes, publicUrl } = config
  const sources = addSources(app, { database, catalog, ingest: measured, jobs, allowNetworks, harvestConcurrency, now, log: logger })
  const { ingest } = sources
  const synonyms = openSynonymsFile(config.synonymsFile, { logger: app.log })
  const rankingWeights = openRankingFile(config.rankingFile, { logger: app.log })
  const popular = new PopularQueries({
    store: new PopularQueryStore(database),
    now,
    log: logger,
    // The embedded index belongs to one process, which answers all searches itself.
    ...(searchIndex.engine === 'sqlite' ? {} : { finds: (text, lang) => search.finds(text, lang) }),
  })
  const search: SearchService = new SearchService({
    index: searchIndex,
    popular,
    synonyms: () => synonyms.current(),
    rankingWeights: () => rankingWeights.current(),
    nameSources: (ids) => sources.nameSources(ids),
    observe: (seconds, isAnswered) =>
      metrics.searchSeconds.observe({ engine: searchIndex.engine, outcome: isAnswered ? 'answered' : 'failed' }, seconds),
  })
  addSearchRoutes(app, { search })
  const translationsOf: SearchService['translationsOf'] = (...of) => search.translationsOf(...of)
  const records = new RecordsService({ catalog, ingest, sources, translationsOf })
  addRecordRoutes(app, { records, maxLineBytes: config.bodyLimitBytes })
  const uploads = addUploads(app, {
    ...{ database, catalog, ingest, jobs, sources, maxUploadBytes, contentUrl, now, log: logger },
    files: adapters.files,
    ...(publicUrl ? { publicUrl } : {}),
  })
  addChangeRoutes(app, { changes: new ChangesService(catalog) })
  addMemberRoutes(app, {
    members: new MembersService({ database, hasSourceOf: (memberId) => sources.hasSourceOf(memberId), now }),
    keys: new KeysService({ database, directory: keyDirectory, now }),
  })
  addOperationRoutes(app, { operation: new OperationService({ database, searchIndex, indexer }), metrics })
  addReindexRoutes(app, { indexer, now })
  const verification = new VerificationService({ database, indexer, jobs, everyHours: config.indexVerifyHours, now, log: logger })
  addIndexRoutes(app, { searchIndex, indexer, verification })
  await addWeb(app, {
    catalog,
    search: (query, viewer) => search.search(query, viewer),
    translationsOf,
    ...(options.scripts ? { scripts: options.scripts } : {}),
  })

  metrics.gauge('edufed_change_sequence', 'Sequence of the last change', () => catalog.lastSequence())
  metrics.gauge('edufed_index_lag', 'Changes that are not in the search index yet', async () => (await indexer.status()).lag)
  metrics.gauge('edufed_index_refused_documents', 'Documents that the search engine does not take', async () => {
    const { isAvailable, refused } = await searchIndex.status()
    return isAvailable ? (refused?.count ?? 0) : undefined
  })
  metrics.gauge('edufed_index_verified_timestamp_seconds', 'When the search index was last compared with the catalogue', async () => {
    const { lastAt } = await verification.state()
    return lastAt === undefined ? undefined : Date.parse(lastAt) / 1_000
  })
  metrics.gaugeBy('edufed_index_differences', 'What the last comparison of the search index with the catalogue found', 'kind', async () => {
    const { last } = await verification.state()
    return new Map(last ? (['missing', 'stale', 'surplus', 'altered', 'ahead', 'left'] as const).map((kind) => [kind, last[kind]]) : [])
  })
  metrics.gaugeBy('edufed_harvests', 'Harvests by state', 'state', () => sources.countHarvestsByState())

  app.addHook('onReady', async () => {
    jobs.lead('indexer', (signal) => indexer.run(signal))
    verification.start()
    sources.start()
    uploads.start()
  })
  app.addHook('onClose', async () => {
    await popular.write()
    await closeAdapters(adapters)
  })
  return app
}

/** Where the server listens, for addresses that others are given while no public address is configured. */
function listeningUrl(app: App, { host, port }: ServerConfig): string {
  const address = app.server.address()
  const listening = typeof address === 'object' && address !== null ? address.port : port
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${listening}`
}

function createServer(config: ServerConfig, { logger }: Adapters, checkAnswer: AnswerCheck | undefined): App {
  const loggerInstance: FastifyBaseLogger = logger
  const app: App = Fastify({
    loggerInstance,
    genReqId: requestIdOf,
    requestIdHeader: false,
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    bodyLimit: config.bodyLimitBytes,
    schemaController: createSchemaController(checkAnswer),
    // Identifiers of records stand in addresses, percent-encoded.
    routerOptions: { maxParamLength: 8_192 },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply, config),
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.removeContentTypeParser('text/plain')
  return app
}
