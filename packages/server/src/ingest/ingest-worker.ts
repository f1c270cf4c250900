import { serveConnection } from '../database/sqlite/serve-connection.js'
import { lowerPriorityOfThread } from '../lower-priority.js'
import type { IngestTask } from './ingest-in-writer.js'
import type { createIngestTask } from './ingest-task.js'

lowerPriorityOfThread(10)

let run: ReturnType<typeof createIngestTask> | undefined

serveConnection({
  async ingest(connection, task: IngestTask) {
    // What checks records takes a while to load; a node that starts need not wait for it.
    run ??= (await import('./ingest-task.js')).createIngestTask(connection)
    return run(task)
  },
})
