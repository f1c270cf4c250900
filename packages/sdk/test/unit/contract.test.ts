import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { generateContract } from '../../scripts/generate-contract.js'

it('writes down the schemas as they are (else run `pnpm --filter @edufed/sdk run contract`)', async () => {
  expect(await readFile(new URL('../../src/contract.ts', import.meta.url), 'utf8')).toBe(generateContract())
})
