/** The kinds of sources that can be added: the connectors, and push. */
export const sourceKinds = ['oai-pmh', 'smartedu', 'table', 'sitemap', 'package', 'resourcesync', 'feed', 'json-api', 'push'] as const
