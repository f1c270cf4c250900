import type { App } from '../app-instance.js'

interface KnownRoute {
  methods: string[]
  pattern: RegExp
}

const routesOf = new WeakMap<object, KnownRoute[]>()

/** Remembers the routes that are added from now on, so that a wrong method can be told from a wrong address. */
export function rememberRoutes(app: App): void {
  const routes: KnownRoute[] = []
  routesOf.set(app.server, routes)
  app.addHook('onRoute', ({ method, url }) => {
    // The wildcard that answers preflights stands for no document.
    if (url === '*') return
    routes.push({ methods: [method].flat(), pattern: toPattern(url) })
  })
}

/** The methods that the address offers; none when there is no such address. */
export function methodsOf(app: App, url: string): string[] {
  const path = url.split('?')[0]!
  const methods = (routesOf.get(app.server) ?? []).filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods)
  return [...new Set(methods)].sort()
}

function toPattern(url: string): RegExp {
  const source = url
    .split('/')
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('/')
  return new RegExp(`^${source}$`)
}
