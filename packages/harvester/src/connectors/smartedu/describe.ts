import type { Issue } from '@edufed/sdk/schemas'
import { isHarvestError } from '../../errors.js'
import type { ConnectorContext, SourceDescription } from '../connector.js'
import { metadataPrefix } from './items.js'
import { fetchJsonFile, parseJsonFile } from './json-file.js'
import { readVersionFiles } from './pages.js'
import { type SmarteduSettings, versionUrls } from './settings.js'
import { findUnresolvedTags, parseTagTree } from './tag-tree.js'

const namesShown = 20

/** Reads the version files, and the tag tree when there is one. */
export async function describeSource(
  settings: SmarteduSettings,
  context: Pick<ConnectorContext, 'fetcher' | 'signal'>,
): Promise<SourceDescription> {
  const requests = { ...context, now: () => new Date() }
  const { files } = await readVersionFiles(settings, requests)
  const modules = files.map((file) => file.module).filter((module) => module !== undefined)
  return {
    ...(modules.length > 0 && { name: modules.join(', ') }),
    authority: toAuthority(settings),
    metadataPrefix,
    formats: [metadataPrefix],
    deletedRecord: 'no',
    issues: settings.tagsUrl === undefined ? [] : await checkTags(settings.tagsUrl, requests),
  }
}

/** The file hosts are many and change; the site that they serve is one. */
function toAuthority(settings: SmarteduSettings): string {
  const { hostname } = new URL(versionUrls(settings)[0] ?? '')
  if (settings.landingBaseUrl !== undefined) return new URL(settings.landingBaseUrl).hostname
  return /(^|\.)ykt\.cbern\.com\.cn$/.test(hostname) ? 'basic.smartedu.cn' : hostname
}

async function checkTags(tagsUrl: string, context: Parameters<typeof fetchJsonFile>[1]): Promise<Issue[]> {
  try {
    const tags = parseTagTree(parseJsonFile(await fetchJsonFile(tagsUrl, context)))
    if (tags.length === 0) return [{ code: 'tags.invalid', path: 'tagsUrl', message: 'The tag tree holds no tags', severity: 'warning' }]
    const names = [...new Set(findUnresolvedTags(tags).map((tag) => tag.name))]
    if (names.length === 0) return []
    const message = `${names.length} tags are in no vocabulary: ${names.slice(0, namesShown).join(', ')}${names.length > namesShown ? ' …' : ''}`
    return [{ code: 'concept.unknown', path: 'tagsUrl', message, severity: 'warning' }]
  } catch (error) {
    if (!isHarvestError(error)) throw error
    return [{ code: 'tags.unreadable', path: 'tagsUrl', message: error.message, severity: 'warning' }]
  }
}
