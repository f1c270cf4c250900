import { EdufedError } from '@edufed/sdk'
import type { FieldProblem } from '@edufed/sdk/schemas'

/** Every error that the server answers or stops with: status, title and what to do. Codes are API; docs/reference/errors.md is made from this table. */
export const serverErrors = {
  EDUFED_REQUEST_INVALID: { status: 400, title: 'The request is not valid', fix: 'Correct the fields named in `errors`' },
  EDUFED_CURSOR_INVALID: {
    status: 400,
    title: 'The cursor does not belong to this list',
    fix: 'Start again without a cursor; a cursor is valid only for the query and the node that gave it',
  },
  EDUFED_CONFIG_INVALID: {
    status: 500,
    title: 'The configuration is not valid',
    fix: 'Correct the named environment variables and start again',
  },
  EDUFED_DICTIONARY_INVALID: {
    status: 500,
    title: 'The dictionary file cannot be used',
    fix: 'Correct the named lines of the file in EDUFED_DICTIONARY_FILE and start again',
  },
  EDUFED_BODY_NOT_JSON: { status: 400, title: 'The body is not JSON', fix: 'Send UTF-8 JSON as application/json' },
  EDUFED_AUTHENTICATION_REQUIRED: {
    status: 401,
    title: 'An API key is needed',
    fix: 'Send `Authorization: Bearer edufed_…`; an administrator of the node makes keys',
  },
  EDUFED_API_KEY_INVALID: {
    status: 401,
    title: 'The API key is not accepted',
    fix: 'Use a key that is neither revoked nor expired; an administrator of the node makes new ones',
  },
  EDUFED_SCOPE_MISSING: { status: 403, title: 'The API key may not do this', fix: 'Use a key with the scope that `detail` names' },
  EDUFED_SOURCE_FORBIDDEN: {
    status: 403,
    title: 'The API key may not touch this source',
    fix: "Use a key of the source's own member, or one without a list of sources",
  },
  EDUFED_NOT_FOUND: { status: 404, title: 'There is nothing at this address', fix: 'See /docs for the addresses of this server' },
  EDUFED_METHOD_NOT_ALLOWED: { status: 405, title: 'The address has no such method', fix: 'Use a method that the header Allow names' },
  EDUFED_NOT_ACCEPTABLE: { status: 406, title: 'No such form of the document', fix: 'Ask in Accept for a media type that `detail` names' },
  EDUFED_PRECONDITION_FAILED: {
    status: 412,
    title: 'The document was changed meanwhile',
    fix: 'Read it again, apply the change to what it says now, and send its new ETag as If-Match',
  },
  EDUFED_BODY_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    fix: 'Send less at a time: records one a line to /api/v1/sources/{source}/records, files to /api/v1/uploads',
  },
  EDUFED_MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    title: 'The body has a form that is not read here',
    fix: 'Send a Content-Type that /docs names',
  },
  EDUFED_RATE_LIMITED: { status: 429, title: 'Too many requests', fix: 'Wait for the seconds in Retry-After' },
  EDUFED_UNAVAILABLE: { status: 503, title: 'The server cannot answer this now', fix: 'Try again after the time in Retry-After' },
  EDUFED_IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    title: 'The Idempotency-Key is not valid',
    fix: 'Send 1 to 200 visible ASCII characters, e.g. a UUID, a new one for each write',
  },
  EDUFED_IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    title: 'The Idempotency-Key belongs to another request',
    fix: 'Use a new key for each new write; repeat a write with exactly the same method, address and body',
  },
  EDUFED_IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
    fix: 'Repeat it after the time in Retry-After to get its answer',
  },
  EDUFED_IDEMPOTENCY_NOT_REPLAYABLE: {
    status: 409,
    title: 'The write was done, but its answer cannot be shown again',
    fix: 'A new API key is shown once: list the keys, revoke the lost one and make another',
  },
  EDUFED_RESOURCE_NOT_FOUND: { status: 404, title: 'There is no such resource', fix: 'Search for it; its platform may have renamed it' },
  EDUFED_RESOURCE_GONE: { status: 410, title: 'The resource was deleted', fix: 'Remove it from your lists' },
  EDUFED_RECORD_NOT_FOUND: {
    status: 404,
    title: 'The source has no such record',
    fix: 'Check the identifier; it is the one the source itself uses',
  },
  EDUFED_MEMBER_NOT_FOUND: { status: 404, title: 'There is no such member', fix: 'List the members with GET /api/v1/members' },
  EDUFED_MEMBER_EXISTS: { status: 409, title: 'A member with this id exists', fix: 'Choose another id, or edit the member that is there' },
  EDUFED_MEMBER_IN_USE: {
    status: 409,
    title: 'The member has sources or API keys',
    fix: 'Give its sources to another member and revoke its keys first',
  },
  EDUFED_KEY_NOT_FOUND: { status: 404, title: 'There is no such API key', fix: 'List the keys with GET /api/v1/keys' },
  EDUFED_ADDRESS_UNAVAILABLE: {
    status: 500,
    title: 'The server cannot listen on its address',
    fix: 'Stop what listens there, or name another PORT or HOST',
  },
  EDUFED_DATABASE_LOCKED: {
    status: 500,
    title: 'Another process has the database file open',
    fix: 'Stop the other process, or give this one another EDUFED_DATA_DIR; several servers share one catalogue through DATABASE_URL',
  },
  EDUFED_DATABASE_BUSY: { status: 503, title: 'The database is busy', fix: 'Try again later; if it stays, the log names what holds it' },
  EDUFED_DATABASE_UNAVAILABLE: {
    status: 503,
    title: 'The database is not available for now',
    fix: 'Try again after the time in Retry-After; nothing that was acknowledged is lost',
  },
  EDUFED_SEARCH_TIMEOUT: {
    status: 503,
    title: 'The search took too long',
    fix: 'Try again after the time in Retry-After, or search for fewer words; if it goes on, the node has too much to do',
  },
  EDUFED_SEARCH_UNAVAILABLE: {
    status: 503,
    title: 'Search is not available for now',
    fix: 'Try again after the time in Retry-After; writes and harvests go on meanwhile',
  },
  EDUFED_SOURCE_NOT_FOUND: { status: 404, title: 'There is no such source', fix: 'List the sources with GET /api/v1/sources' },
  EDUFED_SOURCE_EXISTS: { status: 409, title: 'A source with this id exists', fix: 'Choose another id, or edit the source that is there' },
  EDUFED_SOURCE_HAS_RECORDS: {
    status: 409,
    title: 'The source has records',
    fix: 'Disable the source to keep them, or delete it with ?records=delete to take its records out of the catalogue',
  },
  EDUFED_SOURCE_NOT_HARVESTABLE: {
    status: 409,
    title: 'The source cannot be harvested',
    fix: 'Enable the source, or give it a kind that is harvested; a push source writes its records itself',
  },
  EDUFED_HARVEST_NOT_FOUND: { status: 404, title: 'There is no such harvest', fix: 'List the harvests of the source' },
  EDUFED_HARVEST_OPEN: { status: 409, title: 'A harvest of this source is open already', fix: 'Wait for it to end, or cancel it' },
  EDUFED_HARVEST_FINISHED: { status: 409, title: 'The harvest has ended', fix: 'Start a new one' },
  EDUFED_HARVEST_NOTHING_HELD: {
    status: 409,
    title: 'The harvest holds no deletion',
    fix: 'Only the latest harvest of a source can be released, and only while it has the issue deletion.held',
  },
  EDUFED_CONFORMITY_NOT_FOUND: {
    status: 404,
    title: 'The source has not been judged yet',
    fix: 'Harvest it; it is judged a little after the harvest has ended',
  },
  EDUFED_REPLAY_NOTHING_KEPT: {
    status: 409,
    title: 'There are no kept answers to replay',
    fix: 'Harvest the source in full first: its answers are kept from then on',
  },
  EDUFED_HARVEST_CRASHED: {
    status: 500,
    title: 'The harvest broke the process several times',
    fix: 'Look into the log of the server for the cause; what was taken before is kept',
  },
  EDUFED_UPLOAD_NOT_FOUND: { status: 404, title: 'There is no such upload', fix: 'Start the upload again; unfinished uploads expire' },
  EDUFED_UPLOAD_BUSY: {
    status: 423,
    title: 'Another request is writing to the upload',
    fix: 'Ask for its offset with HEAD, and go on from there',
  },
  EDUFED_UPLOAD_METADATA: {
    status: 400,
    title: 'The upload lacks metadata, or has wrong metadata',
    fix: 'Send Upload-Metadata with filename and filetype, and source together with record when the file belongs to one',
  },
  EDUFED_UPLOAD_TOO_LARGE: {
    status: 413,
    title: 'The file is larger than this key may upload',
    fix: 'Send a smaller file, or ask the operator for a key with a higher limit',
  },
  EDUFED_UPLOAD_LENGTH_REQUIRED: {
    status: 400,
    title: 'The length of the upload is unknown',
    fix: 'Send Upload-Length; deferred lengths are not taken',
  },
  EDUFED_UPLOAD_CHECKSUM: {
    status: 460,
    title: 'The checksum does not match what arrived',
    fix: 'Send the part again from the same offset',
  },
  EDUFED_FILE_NOT_FOUND: {
    status: 404,
    title: 'There is no such file',
    fix: 'Follow the contentUrl of the record again; it may have been withdrawn',
  },
  EDUFED_INTERNAL: {
    status: 500,
    title: 'Something went wrong in the server',
    fix: 'Give the request id to the operator; the log has the cause',
  },
} as const satisfies Record<string, { status: number; title: string; fix: string }>

export type ServerErrorCode = keyof typeof serverErrors

/** An error that becomes a problem document. `detail` says what happened, in a sentence. */
export class ServerError extends EdufedError {
  override readonly name = 'ServerError'
  readonly status: number
  readonly errors?: FieldProblem[]
  readonly retryAfterSeconds?: number

  constructor(
    code: ServerErrorCode,
    detail: string,
    options: { cause?: unknown; errors?: FieldProblem[]; retryAfterSeconds?: number } = {},
  ) {
    super(code, detail, options)
    this.status = serverErrors[code].status
    if (options.errors) this.errors = options.errors
    if (options.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** True for every {@link ServerError}, also across duplicate copies of the package. */
export function isServerError(value: unknown): value is ServerError {
  return value instanceof Error && value.name === 'ServerError' && 'code' in value && String(value.code) in serverErrors
}
