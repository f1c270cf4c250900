import type { FileAnswer, FileServer } from './file-server.js'

/** Documents of a ResourceSync source on a server that the test has started by the time it makes one. */
export function resourceSyncDocuments(serverOf: () => FileServer) {
  const url = () => serverOf().url
  return {
    dc: (title: string) => `<oai_dc:dc xmlns:oai_dc="o" xmlns:dc="d"><dc:title>${title}</dc:title></oai_dc:dc>`,
    list: (capability: string, entries: string, more = '') =>
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/"><rs:md capability="${capability}" ${more}/>${entries}</urlset>`,
    entry: (path: string, md = '', links = '', lastmod = '2024-01-01T00:00:00Z') =>
      `<url><loc>${url()}${path}</loc><lastmod>${lastmod}</lastmod><rs:md ${md}/>${links}</url>`,
    link: (rel: string, path: string, more = '') => `<rs:ln rel="${rel}" href="${url()}${path}" ${more}/>`,
    pathsOf: (items: readonly { type: string; identifier: string }[]) =>
      items.map(({ type, identifier }) => `${type} ${identifier.slice(url().length)}`),
    give: (files: Record<string, FileAnswer>) => {
      for (const [path, answer] of Object.entries(files)) serverOf().files.set(path, answer)
    },
  }
}
