import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { App } from '../app-instance.js'
import type { Database } from '../database/database.js'
import { ServerError } from '../errors.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * How a write treats `Idempotency-Key`: `replay` (default) gives the kept answer again; `secret` keeps no body, for answers that are shown once;
     * `off` for writes that are idempotent by themselves and streamed.
     */
    idempotency?: 'replay' | 'secret' | 'off'
  }
}

const keptMs = 24 * 3_600_000
/** After this time a request without an answer is taken for one whose process died. */
const abandonedMs = 5 * 60_000
const largestKeptBody = 262_144
const keptHeaders = ['content-type', 'location', 'etag']

interface Claim {
  apiKeyId: string
  key: string
}

const claims = new WeakMap<FastifyRequest, Claim>()

/** Makes repeated writes with the same `Idempotency-Key` happen once, also across processes. */
export function addIdempotency(app: App, { database, now }: { database: Database; now: () => Date }): void {
  const at = (ago: number) => new Date(now().getTime() - ago).toISOString()
  let sweptAt = 0

  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    const isWrite = ['POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method)
    if (key === undefined || !isWrite || !request.caller || request.routeOptions.config.idempotency === 'off' || request.is404) return
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
      throw new ServerError('EDUFED_IDEMPOTENCY_KEY_INVALID', 'The header Idempotency-Key cannot be used')
    }
    if (now().getTime() - sweptAt > 3_600_000) {
      sweptAt = now().getTime()
      await database.write.deleteFrom('idempotency_keys').where('created_at', '<', at(keptMs)).execute()
    }
    const claim = { apiKeyId: request.caller.keyId, key }
    const digest = digestOf(request)
    if (await claimKey(claim, digest)) {
      claims.set(request, claim)
      return
    }
    const kept = await find(claim)
    if (kept && kept.request_digest !== digest) {
      throw new ServerError('EDUFED_IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was sent with another method, address or body')
    }
    if (!kept || kept.status === null) {
      throw new ServerError('EDUFED_IDEMPOTENCY_IN_PROGRESS', 'The answer is not there yet', { retryAfterSeconds: 1 })
    }
    if (kept.body === null && kept.status !== 204) {
      throw new ServerError('EDUFED_IDEMPOTENCY_NOT_REPLAYABLE', `The first request was answered with status ${kept.status}`)
    }
    reply.headers(JSON.parse(kept.headers_json ?? '{}') as Record<string, string>)
    return reply
      .code(kept.status)
      .header('idempotency-replayed', 'true')
      .serializer((body: string) => body)
      .send(kept.body ?? undefined)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const claim = claims.get(request)
    if (!claim) return payload
    claims.delete(request)
    const row = database.write
    if (reply.statusCode >= 500) {
      // Nothing was promised: the caller may try again with the same key.
      await row.deleteFrom('idempotency_keys').where('api_key_id', '=', claim.apiKeyId).where('idempotency_key', '=', claim.key).execute()
      return payload
    }
    const headers = keptHeaders.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : []))
    const isSecret = request.routeOptions.config.idempotency === 'secret' && reply.statusCode < 300
    const isKept = typeof payload === 'string' && payload.length <= largestKeptBody && !isSecret
    await row
      .updateTable('idempotency_keys')
      .set({ status: reply.statusCode, headers_json: JSON.stringify(Object.fromEntries(headers)), body: isKept ? payload : null })
      .where('api_key_id', '=', claim.apiKeyId)
      .where('idempotency_key', '=', claim.key)
      .execute()
    return payload
  })

  async function claimKey(claim: Claim, digest: string): Promise<boolean> {
    const values = {
      api_key_id: claim.apiKeyId,
      idempotency_key: claim.key,
      request_digest: digest,
      status: null,
      headers_json: null,
      body: null,
      created_at: at(0),
    }
    // Takes the row over when it is too old, or when its process died on the way.
    const taken = await database.write
      .insertInto('idempotency_keys')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(['api_key_id', 'idempotency_key'])
          .doUpdateSet({ request_digest: digest, status: null, headers_json: null, body: null, created_at: at(0) })
          .where((where) =>
            where.or([
              where('idempotency_keys.created_at', '<', at(keptMs)),
              where.and([where('idempotency_keys.status', 'is', null), where('idempotency_keys.created_at', '<', at(abandonedMs))]),
            ]),
          ),
      )
      .returning('idempotency_key')
      .executeTakeFirst()
    return taken !== undefined
  }

  function find(claim: Claim) {
    return database.read
      .selectFrom('idempotency_keys')
      .select(['request_digest', 'status', 'headers_json', 'body'])
      .where('api_key_id', '=', claim.apiKeyId)
      .where('idempotency_key', '=', claim.key)
      .executeTakeFirst()
  }
}

function digestOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body ?? null]))
    .digest('hex')
}
