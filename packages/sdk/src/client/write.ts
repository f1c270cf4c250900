import type { Connection } from './connection.js'
import { type RequestSpec, requestJson } from './request.js'

/** A write: carries an Idempotency-Key, so that it can be sent again without being done twice. */
export function write<T>(connection: Connection, spec: RequestSpec, idempotencyKey = createIdempotencyKey()): Promise<T> {
  return requestJson(connection, { ...spec, headers: { ...spec.headers, 'idempotency-key': idempotencyKey } })
}

/** 128 random bits. Not randomUUID: browsers offer that on https only, and many school networks are not. */
export function createIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
