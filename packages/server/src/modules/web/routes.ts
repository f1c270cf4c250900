import { join } from 'node:path'
import type { LearningResource, SearchPage, SearchQuery, Translation } from '@edufed/sdk/schemas'
import staticFiles from '@fastify/static'
import { Eta } from 'eta'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type PageLanguage, pageLanguages, pageMessages } from '../../../web/messages.js'
import type { App } from '../../app-instance.js'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import type { Viewer } from '../../catalog/viewer.js'
import { directionOfPage, pageLanguage } from './page-language.js'
import { first, type PageParameters, readPortalSearch, toPortalPage } from './portal-page.js'
import { toResourcePage } from './resource-page.js'
import { toTranslationLinks } from './translation-links.js'
import { scriptFolder, webFolder } from './web-folder.js'

export interface WebOptions {
  catalog: CatalogStore
  search: (query: SearchQuery, viewer: Viewer) => Promise<SearchPage>
  translationsOf: (resource: LearningResource, lang: string, viewer: Viewer) => Promise<Translation[]>
  /** Folder of the built scripts, when they lie elsewhere. */
  scripts?: string
}

/** The built-in portal and console: pages that work without scripts, and come alive with the SDK's elements. */
export async function addWeb(app: App, options: WebOptions): Promise<void> {
  const { catalog, search, translationsOf, scripts = scriptFolder } = options
  const eta = new Eta({ views: join(webFolder, 'templates'), cache: true })

  await app.register(staticFiles, { root: [join(webFolder, 'assets'), scripts], prefix: '/assets/', maxAge: '10m', index: false })

  function send(
    reply: FastifyReply,
    page: { language: PageLanguage; path: string; title: string; template: string; data: object; script?: string; head?: string },
  ) {
    const shared = { language: page.language, direction: directionOfPage(page.language), messages: pageMessages[page.language] }
    const body = eta.render(page.template, { ...shared, ...page.data })
    const { title, path, script, head } = page
    return reply
      .type('text/html; charset=utf-8')
      .header('Vary', 'Accept-Language')
      .send(eta.render('layout', { ...shared, title, path, script, head, body, languages: pageLanguages }))
  }

  app.get('/', { schema: { hide: true }, config: { access: 'anyone' } }, async (request, reply) => {
    const language = languageOf(request)
    const asked = readPortalSearch(request.query as PageParameters)
    const data = await toPortalPage(asked, language, { search, viewer: request.viewer })
    return send(reply, { language, path: '/', title: pageMessages[language].brand, template: 'portal', data, script: 'portal.js' })
  })

  app.get<{ Params: { '*': string } }>('/resources/*', { schema: { hide: true }, config: { access: 'anyone' } }, async (request, reply) => {
    const language = languageOf(request)
    const messages = pageMessages[language]
    const id = request.params['*']
    const stored = await catalog.findResource(id, request.viewer)
    const path = `/resources/${encodeURIComponent(id)}`
    if (stored?.resource.status !== 'active') {
      const data = stored
        ? { heading: messages.withdrawn, text: messages.withdrawnText }
        : { heading: messages.notFound, text: messages.notFoundText }
      return send(reply.status(stored ? 410 : 404), { language, path, title: data.heading, template: 'message', data })
    }
    const translations = await toTranslationLinks(() => translationsOf(stored.resource, language, request.viewer), language)
    const page = { ...toResourcePage(stored.resource, stored.sources, language), translations }
    const head = `<link rel="alternate" type="application/ld+json" href="/api/v1/resources/${encodeURIComponent(id)}">`
    return send(reply, { language, path, title: page.name.text, template: 'resource', data: page, head })
  })

  app.get('/console', { schema: { hide: true }, config: { access: 'anyone' } }, async (request, reply) => {
    const language = languageOf(request)
    return send(reply, {
      language,
      path: '/console',
      title: pageMessages[language].console,
      template: 'console',
      data: {},
      script: 'console.js',
    })
  })
}

function languageOf(request: FastifyRequest): PageLanguage {
  return pageLanguage(first((request.query as PageParameters).lang), request.headers['accept-language'])
}
