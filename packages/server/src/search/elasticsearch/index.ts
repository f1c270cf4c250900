export { createElasticsearchIndex } from './elasticsearch-index.js'
export type { ElasticsearchOptions } from './options.js'
