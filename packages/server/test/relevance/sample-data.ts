import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = process.env.EDUFED_SHARED_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))

/** The folder with the real records; undefined when it is not there. */
export const sampleFolder = existsSync(join(folder, 'sample')) ? folder : undefined
