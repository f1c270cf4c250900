import Type, { type Static } from 'typebox'
import type { Secret } from './secret.js'

/** A text that is wrapped in {@link Secret} when it is read. */
function secret(options: { env: string; description: string; minLength?: number }) {
  return Type.Optional(Type.Unsafe<Secret>({ type: 'string', isSecret: true, minLength: 1, ...options }))
}

/**
 * All settings of a server process. Each stands in the environment variable named by `env` and nowhere else;
 * lists are separated by commas. docs/reference/config.md is made from this schema.
 */
export const ServerConfig = Type.Object(
  {
    host: Type.String({ env: 'HOST', default: '127.0.0.1', minLength: 1, description: 'Address to listen on; 0.0.0.0 or :: for all' }),
    port: Type.Integer({ env: 'PORT', default: 3000, minimum: 0, maximum: 65_535, description: 'Port to listen on; 0 takes a free one' }),
    dataDirectory: Type.String({
      env: 'EDUFED_DATA_DIR',
      default: './data',
      minLength: 1,
      description: 'Folder of everything embedded: database, search index, uploads. Belongs to one process at a time',
    }),
    nodeId: Type.String({
      env: 'EDUFED_NODE_ID',
      default: 'localhost',
      pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$',
      description:
        "Name of this node in the records' `via`, a host name that never changes. Without it the host of EDUFED_PUBLIC_URL is taken",
    }),
    publicUrl: Type.Optional(
      Type.String({
        env: 'EDUFED_PUBLIC_URL',
        pattern: '^https?://[^\\s/?#@]+(/[^\\s?#]*)?$',
        description: 'Address under which others reach this node, e.g. https://catalogue.example.org',
      }),
    ),
    adminKey: secret({
      env: 'EDUFED_ADMIN_KEY',
      minLength: 24,
      description: 'API key with all scopes, to set up a node; make further keys with it and take it away again',
    }),
    isPrivate: Type.Boolean({ env: 'EDUFED_PRIVATE', default: false, description: 'Reading needs an API key too' }),
    allowNetworks: Type.Array(Type.String({ format: 'cidr' }), {
      env: 'EDUFED_ALLOW_NETWORKS',
      default: [],
      description: 'Private networks (CIDR) that sources may stand in, e.g. 10.20.0.0/16,127.0.0.0/8. Public addresses are always allowed',
    }),
    corsOrigins: Type.Array(Type.String({ pattern: '^(\\*|https?://[^\\s/]+)$' }), {
      env: 'EDUFED_CORS_ORIGINS',
      default: ['*'],
      description: 'Origins of portals whose pages may call this node from browsers; * for all',
    }),
    trustProxy: Type.Array(Type.Union([Type.String({ format: 'cidr' }), Type.String({ format: 'ip' })]), {
      env: 'EDUFED_TRUST_PROXY',
      default: [],
      description: "Addresses or networks of reverse proxies whose X-Forwarded-* headers tell the caller's address",
    }),
    logLevel: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      env: 'EDUFED_LOG_LEVEL',
      default: 'info',
      description: 'What is logged, as JSON lines on stdout',
    }),
    rateLimitPerMinute: Type.Integer({
      env: 'EDUFED_RATE_LIMIT_PER_MINUTE',
      default: 600,
      minimum: 1,
      description: 'Requests a minute of one address without a key, counted by each process',
    }),
    keyRateLimitPerMinute: Type.Integer({
      env: 'EDUFED_KEY_RATE_LIMIT_PER_MINUTE',
      default: 6_000,
      minimum: 1,
      description: 'Requests a minute with one API key, counted by each process',
    }),
    bodyLimitBytes: Type.Integer({
      env: 'EDUFED_BODY_LIMIT_BYTES',
      default: 1_048_576,
      minimum: 1_024,
      maximum: 104_857_600,
      description: 'Largest body of a request, and largest line of a streamed one',
    }),
    maxUploadBytes: Type.Integer({
      env: 'EDUFED_MAX_UPLOAD_BYTES',
      default: 10_737_418_240,
      minimum: 1,
      description: 'Largest file that may be uploaded; a key may have a smaller limit',
    }),
    harvestConcurrency: Type.Integer({
      env: 'EDUFED_HARVEST_CONCURRENCY',
      default: 2,
      minimum: 0,
      maximum: 64,
      description: 'Harvests that this process runs at a time; 0 leaves them to other processes',
    }),
    databaseUrl: secret({
      env: 'DATABASE_URL',
      description: 'PostgreSQL for the catalogue, e.g. postgres://user:password@host:5432/edufed. Without it: a SQLite file',
    }),
    elasticsearchUrls: Type.Array(Type.String({ pattern: '^https?://[^\\s@]+$' }), {
      env: 'ELASTICSEARCH_URL',
      default: [],
      description: 'Elasticsearch nodes for search. Without any: the embedded index',
    }),
    synonymsFile: Type.Optional(
      Type.String({
        env: 'EDUFED_SYNONYMS_FILE',
        minLength: 1,
        description: 'File of words that mean the same, one list a line (see the guide on search); read again when it changes',
      }),
    ),
    indexVerifyHours: Type.Integer({
      env: 'EDUFED_INDEX_VERIFY_HOURS',
      default: 24,
      minimum: 0,
      maximum: 8_760,
      description: 'Hours from one comparison of the search index with the catalogue to the next; differences are healed. 0 for none',
    }),
    rankingFile: Type.Optional(
      Type.String({
        env: 'EDUFED_RANKING_FILE',
        minLength: 1,
        description: 'File of JSON with weights for signs of relevance (see the guide on search); read again when it changes',
      }),
    ),
    dictionaryFile: Type.Optional(
      Type.String({
        env: 'EDUFED_DICTIONARY_FILE',
        minLength: 1,
        description:
          'File of further Chinese words, one a line (see the guide on search); read at the start, another one rebuilds the index',
      }),
    ),
    elasticsearchApiKey: secret({ env: 'ELASTICSEARCH_API_KEY', description: 'API key of Elasticsearch, base64' }),
    elasticsearchUsername: Type.Optional(
      Type.String({ env: 'ELASTICSEARCH_USERNAME', minLength: 1, description: 'User of Elasticsearch, with ELASTICSEARCH_PASSWORD' }),
    ),
    elasticsearchPassword: secret({ env: 'ELASTICSEARCH_PASSWORD', description: 'Password of ELASTICSEARCH_USERNAME' }),
    elasticsearchCaFile: Type.Optional(
      Type.String({
        env: 'ELASTICSEARCH_CA_FILE',
        minLength: 1,
        description: 'PEM file of the authority that signed the certificate of Elasticsearch',
      }),
    ),
    elasticsearchIndexPrefix: Type.String({
      env: 'ELASTICSEARCH_INDEX_PREFIX',
      default: 'edufed',
      pattern: '^[a-z0-9][a-z0-9_-]{0,99}$',
      description: 'Start of the names of the indices and the alias',
    }),
    elasticsearchShards: Type.Integer({
      env: 'ELASTICSEARCH_SHARDS',
      default: 1,
      minimum: 1,
      maximum: 256,
      description: 'Primary shards of a new index',
    }),
    elasticsearchReplicas: Type.Integer({
      env: 'ELASTICSEARCH_REPLICAS',
      default: 1,
      minimum: 0,
      maximum: 16,
      description: 'Replicas of each shard',
    }),
    s3Bucket: Type.Optional(
      Type.String({
        env: 'S3_BUCKET',
        minLength: 3,
        maxLength: 63,
        description: 'Bucket for uploaded files. Without it: a folder below EDUFED_DATA_DIR',
      }),
    ),
    s3Endpoint: Type.Optional(
      Type.String({
        env: 'S3_ENDPOINT',
        pattern: '^https?://[^\\s@]+$',
        description: 'Address of an S3-compatible service; without it AWS of S3_REGION',
      }),
    ),
    s3Region: Type.String({ env: 'S3_REGION', default: 'us-east-1', minLength: 1, description: 'Region of the bucket' }),
    s3AccessKeyId: Type.Optional(
      Type.String({
        env: 'S3_ACCESS_KEY_ID',
        minLength: 1,
        description: "Access key, with S3_SECRET_ACCESS_KEY; without both the machine's own identity is used",
      }),
    ),
    s3SecretAccessKey: secret({ env: 'S3_SECRET_ACCESS_KEY', description: 'Secret of S3_ACCESS_KEY_ID' }),
  },
  { additionalProperties: false },
)
export type ServerConfig = Readonly<Static<typeof ServerConfig>>
