import { readFile, rename, writeFile } from 'node:fs/promises'
import type { Checkpoint } from '../connectors/connector.js'
import { HarvestError } from '../errors.js'
import type { HarvestSource } from '../run/harvest.js'

interface Progress {
  checkpoint?: Checkpoint
  /** Length of the output when the checkpoint was made. */
  outputBytes?: number
  /** For an incremental run later. */
  next?: Checkpoint
  isDone?: boolean
}

export interface CheckpointFile extends Progress {
  /** Replaces the file at once: after a crash it holds either the old or the new state. */
  save(progress: Progress): Promise<void>
}

/**
 * Reads the progress of an earlier run of the same source, if there is one.
 *
 * @throws {HarvestError} `EDUFED_SETTINGS_INVALID` when the file belongs to another source or is no checkpoint.
 */
export async function openCheckpointFile(file: string, source: HarvestSource): Promise<CheckpointFile> {
  const key = JSON.stringify([source.kind, source.settings.url, source.settings.sets ?? null, source.settings.metadataPrefix ?? null])
  const progress = parse(await readIfThere(file), file, key)
  return {
    ...progress,
    save: async (next) => {
      const temporary = `${file}.${process.pid}.tmp`
      await writeFile(temporary, `${JSON.stringify({ key, ...next })}\n`)
      await rename(temporary, file)
    },
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function parse(text: string | undefined, file: string, key: string): Progress {
  if (text === undefined) return {}
  let content: (Progress & { key?: string }) | undefined
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new HarvestError('EDUFED_SETTINGS_INVALID', { path: '--checkpoint', reason: `${file} is no checkpoint` }, { cause })
  }
  if (content?.key !== key) {
    throw new HarvestError('EDUFED_SETTINGS_INVALID', {
      path: '--checkpoint',
      reason: `${file} belongs to another source or other settings`,
    })
  }
  const { key: _, ...progress } = content
  return progress
}
