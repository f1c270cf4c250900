import { readFile, stat } from 'node:fs/promises'
import { ServerError } from '../../errors.js'
import { createDictionary, type Dictionary } from './dictionary.js'
import { type DictionaryProblem, readDictionary } from './read-dictionary.js'

const maxFileBytes = 5 * 1024 * 1024

/**
 * The dictionary with the words of an operator's file.
 *
 * @param path - Absent: only the words that come with the program.
 * @throws {ServerError} `EDUFED_DICTIONARY_INVALID` with an entry in `errors` for each line that cannot be used.
 */
export async function readDictionaryFile(path: string | undefined): Promise<Dictionary> {
  if (path === undefined) return createDictionary()
  const { words, problems } = readDictionary(toText(await readBytes(path), path))
  if (problems.length > 0) throw invalid(path, problems)
  return createDictionary(words)
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size <= maxFileBytes) return await readFile(path)
    throw new ServerError('EDUFED_DICTIONARY_INVALID', `The dictionary file ${path} has ${size} bytes; ${maxFileBytes} are read at most`)
  } catch (error) {
    if (error instanceof ServerError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ServerError('EDUFED_DICTIONARY_INVALID', `The dictionary file ${path} cannot be read: ${reason}`, { cause: error })
  }
}

function toText(bytes: Buffer, path: string): string {
  const text = bytes.toString('utf8')
  if (!text.includes('\ufffd')) return text
  const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length
  throw invalid(path, [{ line, message: 'is not UTF-8; save the file in this encoding' }])
}

function invalid(path: string, problems: readonly DictionaryProblem[]): ServerError {
  const lines = problems.map(({ line, message }) => `  line ${line}: ${message}`)
  return new ServerError('EDUFED_DICTIONARY_INVALID', `The dictionary file ${path} cannot be used:\n${lines.join('\n')}`, {
    errors: problems.map(({ line, message }) => ({ path: `line ${line}`, message, fix: 'Correct the line or take it away' })),
  })
}
