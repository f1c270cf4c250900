import type { UrlStorage } from 'tus-js-client'
import { UsageError } from '../../errors/usage-error.js'

type Tus = typeof import('tus-js-client')

/** Where unfinished uploads are remembered: a file in Node, the browser's local storage, else nowhere. */
export function createUrlStorage(tus: Tus, resumeFile: string | undefined): UrlStorage {
  const { FileUrlStorage } = tus as Tus & { FileUrlStorage?: new (path: string) => UrlStorage }
  if (resumeFile === undefined) return toForgiving(tus.defaultOptions.urlStorage)
  if (!FileUrlStorage) throw new UsageError('resumeFile works in Node only; browsers remember unfinished uploads by themselves')
  return toForgiving(new FileUrlStorage(resumeFile))
}

/** A full or forbidden storage must not fail an upload: it only cannot be resumed later. */
function toForgiving(storage: UrlStorage): UrlStorage {
  return {
    findAllUploads: () => storage.findAllUploads().catch(() => []),
    findUploadsByFingerprint: (fingerprint) => storage.findUploadsByFingerprint(fingerprint).catch(() => []),
    removeUpload: (key) => storage.removeUpload(key).catch(() => undefined),
    addUpload: async (fingerprint, upload) => {
      try {
        return await storage.addUpload(fingerprint, upload)
      } catch {
        return ''
      }
    },
  }
}
