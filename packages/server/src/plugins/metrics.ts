import fastifyMetrics from 'fastify-metrics'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from '../app-instance.js'

/** What the node counts of its own, beside requests and the process. */
export interface Metrics {
  registry: Registry
  recordsWritten: Counter<'outcome'>
  searchSeconds: Histogram<'engine' | 'outcome'>
  /** Adds a number that is read when the metrics are asked for. */
  gauge(name: string, help: string, read: () => Promise<number | undefined>): void
  /** The same with one number for each value of a label. */
  gaugeBy(name: string, help: string, label: string, read: () => Promise<Map<string, number>>): void
}

/** Measures requests and the process, and gives the modules meters of their own; a registry a server. */
export async function addMetrics(app: App): Promise<Metrics> {
  const registry = new Registry()
  await app.register(fastifyMetrics.default, {
    endpoint: null,
    defaultMetrics: { enabled: true, register: registry },
    routeMetrics: {
      enabled: { histogram: true, summary: false },
      overrides: {
        // Made although it is not used: without this it would go into the registry of the whole process.
        summary: { registers: [registry] },
        histogram: { registers: [registry], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
      },
    },
  })
  const registers = [registry]
  return {
    registry,
    recordsWritten: new Counter({
      name: 'edufed_records_written_total',
      help: 'Records that ingest has handled, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    searchSeconds: new Histogram({
      name: 'edufed_search_duration_seconds',
      help: 'Time of searches in the engine',
      labelNames: ['engine', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    gauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          const value = await read().catch(() => undefined)
          if (value === undefined) this.reset()
          else this.set(value)
        },
      })
    },
    gaugeBy: (name, help, label, read) => {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        async collect() {
          this.reset()
          for (const [value, count] of await read().catch(() => new Map<string, number>())) this.set({ [label]: value }, count)
        },
      })
    },
  }
}
