import { createHash } from 'node:crypto'
import type { ExampleRecord } from '../data/example-record.js'

const dimensions = { kind: '5036342742', stage: 'zxxxd', grade: 'zxxnj', subject: 'zxxxk', edition: 'zxxbb', volume: 'zxxcc' } as const

/** A record in the shape of the national platform's part files. */
export function toStaticRecord(record: ExampleRecord): Record<string, unknown> {
  return {
    id: record.id,
    title: record.title,
    global_title: { 'zh-CN': record.title },
    description: record.description ?? null,
    language: 'zh-CN',
    resource_type_code: isTextbook(record) ? 'assets_document' : 'national_lesson',
    resource_type_code_name: isTextbook(record) ? '文档' : '课程',
    status: 'ONLINE',
    create_time: toPlatformTime(record.dateCreated),
    online_time: toPlatformTime(record.dateCreated),
    update_time: toPlatformTime(record.dateModified),
    tag_list: tagsOf(record).map((tag, index) => ({
      tag_dimension_id: tag.dimension,
      tag_id: tagId(tag),
      tag_name: tag.name,
      order_num: index,
    })),
    custom_properties: {
      format: record.encodingFormat === 'application/pdf' ? 'pdf' : undefined,
      size: record.contentSize ?? 0,
      thumbnails: [],
    },
    provider_list: [{ id: 'example', name: record.publisher ?? '国家平台（示例）', type: 'org' }],
    teacher_list: [],
    ti_items: [],
    chapter_ids: [],
    chapter_paths: [],
    teachmeterial_ids: [],
    tag_paths: [],
  }
}

/** The tag tree of all records' tags: one flat hierarchy a dimension. */
export function createTagTree(records: readonly ExampleRecord[]): Record<string, unknown> {
  const tags = new Map<string, Tag>()
  for (const record of records) for (const tag of tagsOf(record)) tags.set(tagId(tag), tag)
  return {
    tag_path: 'example',
    hierarchies: Object.values(dimensions).map((dimension) => ({
      hierarchy_name: dimension,
      children: [...tags.values()]
        .filter((tag) => tag.dimension === dimension)
        .map((tag) => ({ tag_id: tagId(tag), tag_dimension_id: dimension, tag_name: tag.name, hierarchies: [] })),
    })),
  }
}

export function isTextbook(record: ExampleRecord): boolean {
  return record.type === '教材' || record.type === 'textbook'
}

interface Tag {
  dimension: string
  name: string
}

function tagsOf(record: ExampleRecord): Tag[] {
  return [
    ...(isTextbook(record) ? [{ dimension: dimensions.kind, name: '电子教材' }] : []),
    ...(record.stage ? [{ dimension: dimensions.stage, name: record.stage }] : []),
    ...(record.grade ?? []).map((name) => ({ dimension: dimensions.grade, name })),
    ...(record.subject ?? []).map((name) => ({ dimension: dimensions.subject, name })),
    ...(record.edition ? [{ dimension: dimensions.edition, name: record.edition }] : []),
    ...(record.volume ? [{ dimension: dimensions.volume, name: record.volume }] : []),
  ]
}

function tagId({ dimension, name }: Tag): string {
  return createHash('sha256').update(`${dimension}/${name}`).digest('hex').slice(0, 32)
}

/** "2023-05-18T00:00:00.000+0800": the platform writes its offset without a colon. */
function toPlatformTime(date: string | undefined): string | undefined {
  return date && new Date(date).toISOString().replace('Z', '+0000')
}
