import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = process.env.EDUFED_SHARED_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))

/** The folder with real records beside the repository; undefined where it is absent, and tests on it are skipped. */
export const sharedData = existsSync(folder) ? folder : undefined
export const noSharedData = 'skipped: no shared data'
