import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const conditions = ['@edufed/source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
    typecheck: { include: ['packages/*/test/types/**/*.test-d.ts'] },
    globalSetup: ['packages/server/test/support/bundle-workers.ts'],
    // Most tests wait for servers and threads: two at a time take little longer than one, also on two processors.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
