import type { SitemapSettings } from './settings.js'

/** Says whether a page is to be read, by the patterns of the settings. */
export function createPathFilter({ include, exclude }: Pick<SitemapSettings, 'include' | 'exclude'>): (url: URL) => boolean {
  return (url) => {
    const path = url.pathname + url.search
    if (exclude?.some((pattern) => fitsPattern(path, pattern))) return false
    return include === undefined || include.length === 0 || include.some((pattern) => fitsPattern(path, pattern))
  }
}

/** `*` stands for any characters. The parts between are looked for from left to right, so that no pattern is slow. */
function fitsPattern(path: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (!path.startsWith(first)) return false
  if (rest.length === 0) return path === first
  const last = rest.pop() ?? ''
  let position = first.length
  for (const part of rest) {
    const found = path.indexOf(part, position)
    if (found === -1) return false
    position = found + part.length
  }
  return path.length - last.length >= position && path.endsWith(last)
}
