import { serveConnection } from '../database/sqlite/serve-connection.js'
import { lowerPriorityOfThread } from '../lower-priority.js'
import type { IngestTask } from './ingest-in-writer.js'

lowerPriorityOfThread(10)

serveConnection({
  async ingest(connection, task: IngestTask) {
    // What checks records takes a while to load; a node that starts need not wait for it.
    const { runIngestTask } = await import('./run-ingest-task.js')
    return runIngestTask(connection, task)
  },
})
