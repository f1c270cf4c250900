import Type, { type Static } from 'typebox'
import { Issue } from './issue.js'
import { Problem } from './problem.js'

/** Counts of a run. `taken` = created + updated + unchanged + deleted + quarantined, always. */
export const HarvestCounts = Type.Object(
  {
    taken: Type.Integer({ minimum: 0, description: 'Records that the source gave' }),
    created: Type.Integer({ minimum: 0 }),
    updated: Type.Integer({ minimum: 0 }),
    unchanged: Type.Integer({ minimum: 0 }),
    deleted: Type.Integer({ minimum: 0 }),
    quarantined: Type.Integer({ minimum: 0, description: 'Held back with a reason, e.g. without title; see issues' }),
    repeated: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Given a second time, because the source made a run that was resumed begin its list again; not in `taken`',
      }),
    ),
  },
  { additionalProperties: false },
)
export type HarvestCounts = Static<typeof HarvestCounts>

/** How often an issue was met, with a few of the records that have it. */
export const IssueSummary = Type.Object(
  {
    code: Type.String(),
    severity: Issue.properties.severity,
    count: Type.Integer({ minimum: 1 }),
    message: Type.String({ description: 'The message of the first one' }),
    samples: Type.Array(Type.String({ description: 'Identifier of a record at the source' }), { maxItems: 10 }),
    values: Type.Optional(
      Type.Array(Type.Object({ value: Type.String(), count: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }), {
        maxItems: 20,
        description: 'The values of the source that are meant, the most frequent first, for issues about values',
      }),
    ),
  },
  { additionalProperties: false },
)
export type IssueSummary = Static<typeof IssueSummary>

export const harvestStates = ['queued', 'running', 'completed', 'partial', 'failed', 'cancelled'] as const
export type HarvestState = (typeof harvestStates)[number]

/** One run over a source. */
export const Harvest = Type.Object(
  {
    id: Type.String(),
    sourceId: Type.String(),
    state: Type.Enum(harvestStates, {
      description: 'completed: the list was read to its end; partial: it stopped in between, and what was taken is kept',
    }),
    mode: Type.Enum(['full', 'incremental', 'replay'], {
      description: 'replay: the present crosswalk over the answers that were kept; the source was not asked',
    }),
    isDryRun: Type.Optional(Type.Boolean({ description: 'Of a replay: the counts say what it would change; nothing was written' })),
    trigger: Type.Enum(['manual', 'schedule']),
    createdAt: Type.String({ format: 'date-time' }),
    startedAt: Type.Optional(Type.String({ format: 'date-time' })),
    finishedAt: Type.Optional(Type.String({ format: 'date-time' })),
    pausedUntil: Type.Optional(
      Type.String({ format: 'date-time', description: 'When it goes on: it waits for the hours in which the source may be asked' }),
    ),
    counts: HarvestCounts,
    pages: Type.Integer({ minimum: 0 }),
    bytes: Type.Integer({ minimum: 0 }),
    expectedRecords: Type.Optional(Type.Integer({ minimum: 0, description: 'What the source announced, e.g. completeListSize' })),
    coverage: Type.Optional(
      Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
        description: 'How many of the records that were taken have a field, by its name; `records` counts all that are not deleted',
      }),
    ),
    issues: Type.Array(IssueSummary),
    error: Type.Optional(Problem),
  },
  { $id: 'Harvest', additionalProperties: false },
)
export type Harvest = Static<typeof Harvest>

export const HarvestInput = Type.Object(
  { mode: Type.Optional(Type.Enum(['full', 'incremental'], { default: 'incremental' })) },
  { additionalProperties: false },
)
export type HarvestInput = Static<typeof HarvestInput>

export const ReplayInput = Type.Object(
  {
    harvestId: Type.Optional(
      Type.String({ description: 'Begin with the answers of this harvest; with the last completed full one when absent' }),
    ),
    isDryRun: Type.Optional(Type.Boolean({ default: false, description: 'Only count what would change' })),
  },
  { additionalProperties: false },
)
export type ReplayInput = Static<typeof ReplayInput>

export const HarvestList = Type.Object(
  { harvests: Type.Array(Harvest), cursor: Type.Optional(Type.String()) },
  { additionalProperties: false },
)
export type HarvestList = Static<typeof HarvestList>
