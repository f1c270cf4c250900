import type { Harvest } from '@edufed/sdk/schemas'
import { expect } from 'vitest'
import type { TestApp } from './build-test-app.js'

/** Starts a harvest (`harvests`) or a replay (`replay`) of a source and waits for its end. */
export async function runToEnd(node: TestApp, sourceId: string, action: 'harvests' | 'replay', payload: object = {}): Promise<Harvest> {
  const url = `/api/v1/sources/${sourceId}/${action}`
  const started = await node.app.inject({ method: 'POST', url, headers: node.admin, payload })
  expect(started.statusCode, started.body).toBe(202)
  for (;;) {
    const answer = await node.app.inject({ url: String(started.headers.location), headers: node.admin })
    expect(answer.statusCode, answer.body).toBe(200)
    const harvest = answer.json<Harvest>()
    if (harvest.state !== 'queued' && harvest.state !== 'running') return harvest
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
