// Pushes records, one JSON object a line, to a source of a node, and says what became of each.
//
//   EDUFED_API_KEY=edufed_… node push.mjs http://127.0.0.1:3000 school-portal < records.ndjson
import { createInterface } from 'node:readline'
import { createClient } from '@edufed/sdk'

const [baseUrl, source] = process.argv.slice(2)
if (!baseUrl || !source) {
  console.error('usage: EDUFED_API_KEY=… node push.mjs <node> <source> < records.ndjson')
  process.exit(2)
}

const node = createClient({ baseUrl, apiKey: process.env.EDUFED_API_KEY })
const counts = {}
for await (const { identifier, outcome, issues } of node.records.push(source, readRecords())) {
  counts[outcome] = (counts[outcome] ?? 0) + 1
  for (const issue of issues) console.error(`${identifier}: ${issue.message} (${issue.code})`)
}
console.log(counts)

/** One record a line; the next line is read only when the node has taken the ones before. */
async function* readRecords() {
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== '') yield JSON.parse(line)
}
