import type { Connection } from '../client/connection.js'
import { iteratePages } from '../client/paging.js'
import { type CallOptions, requestJson } from '../client/request.js'
import { write } from '../client/write.js'
import type { Member, MemberInput, MemberList, MemberPatch } from '../contract.js'
import type { ListQuery } from './list-query.js'

export interface MembersApi {
  list(query?: ListQuery, options?: CallOptions): Promise<MemberList>
  listAll(query?: ListQuery, options?: CallOptions): AsyncGenerator<Member, void, undefined>
  /** @throws {NotFoundError} */
  get(id: string, options?: CallOptions): Promise<Member>
  create(member: MemberInput, options?: CallOptions): Promise<Member>
  /** Changes the fields that are given; null takes an optional one away. */
  update(id: string, changes: MemberPatch, options?: CallOptions): Promise<Member>
  delete(id: string, options?: CallOptions): Promise<void>
}

export function createMembersApi(connection: Connection): MembersApi {
  const list: MembersApi['list'] = (query = {}, options) => requestJson(connection, { path: ['members'], query: { ...query }, ...options })
  return {
    list,
    listAll: (query = {}, options) =>
      iteratePages(
        (cursor) => list(cursor === undefined ? query : { ...query, cursor }, options),
        (page) => page.members,
        query.cursor,
      ),
    get: (id, options) => requestJson(connection, { path: ['members', id], ...options }),
    create: (member, options) => write(connection, { method: 'POST', path: ['members'], json: member, ...options }),
    update: (id, changes, options) => write(connection, { method: 'PATCH', path: ['members', id], json: changes, ...options }),
    delete: (id, options) => write(connection, { method: 'DELETE', path: ['members', id], ...options }),
  }
}
