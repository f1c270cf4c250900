// Measures the search by judged queries (packages/server/test/relevance), prints the table and writes docs/reference/relevance.md.
// Elasticsearch is measured too when EDUFED_TEST_ELASTICSEARCH_URL is set, real records when they lie beside the repository.
import { mkdir, writeFile } from 'node:fs/promises'
import { toTables } from '../packages/server/test/relevance/report.js'
import { measure } from '../packages/server/test/relevance/run.js'
import { sampleFolder } from '../packages/server/test/relevance/sample-data.js'

const intro = `<!-- Made from the judged queries by \`pnpm run relevance\`; do not edit. -->

# Relevance

How well search answers, measured by judged queries: each names what a teacher types and which resources are what was asked for (3), as
useful (2), related (1) or of no use (0). The queries and the rules by which resources are judged stand in
\`packages/server/test/relevance/queries\`. They are asked the way the API asks: with the synonyms that come with the program, and with
what was probably meant in the place of what finds nothing, or without the words that stand in the way.

- **nDCG@10**: how good the first ten hits and their order are; 1 is the best order there is.
- **recall@50**: the share of the resources of grade 2 and 3 that are among the first fifty hits.
- **nothing found**: queries without any hit.
- **top 10 shared**: the share of the first ten hits that both engines show.

Tests fail when a value falls below \`packages/server/test/relevance/floors.json\`.
`

const corpora = sampleFolder ? (['example', 'sample'] as const) : (['example'] as const)
const measurements = []
for (const corpus of corpora) measurements.push((await measure(corpus)).measurement)
const tables = toTables(measurements)
console.log(tables)

const folder = new URL('../docs/reference/', import.meta.url)
await mkdir(folder, { recursive: true })
await writeFile(new URL('relevance.md', folder), `${intro}\n${tables}`)
