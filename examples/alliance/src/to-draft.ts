import type { ResourceDraft } from '@edufed/sdk'
import type { ExampleRecord } from './data/example-record.js'

/** What the school's portal pushes: it speaks the record model itself. */
export function toDraft(record: ExampleRecord): ResourceDraft {
  return {
    name: record.titles ?? { [record.language]: record.title },
    inLanguage: [record.language],
    url: record.url,
    ...(record.description !== undefined && { description: { [record.language]: record.description } }),
    ...(record.keywords && { keywords: record.keywords.map((value) => ({ value, language: record.language })) }),
    ...(record.creator !== undefined && { creator: [{ type: 'Person' as const, name: { [record.language]: record.creator } }] }),
    ...(record.license !== undefined && {
      license: { id: record.license.startsWith('http') ? record.license : null, raw: record.license },
    }),
    ...(record.translationOf !== undefined && { translationOfWork: { id: record.translationOf } }),
    ...(record.dateModified !== undefined && { dateModified: record.dateModified }),
    sourceValues: {
      ...(record.subject && { about: record.subject }),
      ...((record.stage || record.grade) && { educationalLevel: [...(record.stage ? [record.stage] : []), ...(record.grade ?? [])] }),
      ...(record.type !== undefined && { learningResourceType: [record.type] }),
    },
  }
}
