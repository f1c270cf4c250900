import { describe } from 'vitest'
import { elasticsearchUrl, openElasticsearch } from '../../support/search-engines.js'
import { searchIndexContract } from './search-index-contract.js'

if (elasticsearchUrl) searchIndexContract('the Elasticsearch index', () => openElasticsearch())
else describe.skip('the Elasticsearch index (skipped: no Elasticsearch)', () => searchIndexContract('', () => openElasticsearch()))
