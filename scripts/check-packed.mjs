// Packs the packages, installs them into an empty project and uses them: what a stranger gets from the registry.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'edufed-packed-'))
const run = (command, args, cwd = folder) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

try {
  for (const name of ['sdk', 'harvester', 'server'])
    run('npx', ['--yes', 'pnpm@10.34.9', 'pack', '--pack-destination', folder], join(root, 'packages', name))
  const tarballs = Object.fromEntries(readdirSync(folder).map((file) => [`@edufed/${file.split('-')[1]}`, `file:${join(folder, file)}`]))
  const manifest = {
    name: 'scratch',
    private: true,
    type: 'module',
    dependencies: { ...tarballs, typescript: '5.9.3', typebox: '1.4.3', '@types/node': '^20' },
    overrides: tarballs,
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])

  writeFileSync(
    join(folder, 'use.ts'),
    `import { createClient, createSearchClient, isNotFoundError, type SearchPage } from '@edufed/sdk'
import { LearningResource } from '@edufed/sdk/schemas'
import { harvest } from '@edufed/harvester'
const page: Promise<SearchPage> = createSearchClient({ baseUrl: 'http://127.0.0.1:9', retries: 0 }).search({ q: 'x' })
page.catch((error: unknown) => console.log(typeof createClient, typeof harvest, LearningResource.type, isNotFoundError(error), (error as { code: string }).code))
`,
  )
  run('npx', [
    'tsc',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2023,dom,dom.iterable,dom.asynciterable',
    'use.ts',
  ])
  const printed = run('node', ['use.js']).trim()
  if (printed !== 'function function object false EDUFED_SDK_NETWORK') throw new Error(`The packed packages answered: ${printed}`)
  if (!run('npx', ['edufed', '--help']).includes('serve')) throw new Error('edufed --help does not name its commands')
  if (!run('npx', ['edufed-harvest', '--help']).includes('--report')) throw new Error('edufed-harvest --help does not name its options')
  if (!run('npx', ['edufed-harvest', 'preview', '--help']).includes('--watch'))
    throw new Error('edufed-harvest preview --help does not name its options')
  console.log('packed, installed, type-checked and run')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
