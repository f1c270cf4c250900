import { isObject, type JsonObject, listAt, textAt } from './json-value.js'

/** Pages by `resource_type_code`; `ID` stands for the record's id. */
const pages: Record<string, string> = {
  teachingmaterials: '/syncClassroom?teachingmaterialId=ID',
  thematic_course: '/tchMaterial/detail?contentType=thematic_course&contentId=ID&catalogType=tchMaterial&subCatalog=tchMaterial',
  national_lesson: '/syncClassroom/classActivity?activityId=ID',
  elite_lesson: '/qualityCourse?courseId=ID',
  examinationpapers: '/syncClassroom/examinationpapers?resourceId=ID',
  coursewares: '/syncClassroom/prepare/detail?resourceId=ID',
  lesson_plandesign: '/syncClassroom/prepare/detail?resourceId=ID',
  learning_task: '/syncClassroom/prepare/detail?resourceId=ID',
  assets_video: '/syncClassroom/prepare/detail?resourceId=ID',
}
const documentPage = '/tchMaterial/detail?contentType=assets_document&contentId=ID&catalogType=tchMaterial&subCatalog=tchMaterial'

/** The page on which people see a record; undefined for a kind of record that has none. */
export function toLandingUrl(record: JsonObject, baseUrl: string): string | undefined {
  const id = textAt(record, 'id')
  const code = textAt(record, 'resource_type_code')
  if (!id || !code) return undefined
  const page = pages[code] ?? (code === 'assets_document' || isTextbook(record) ? documentPage : undefined)
  return page === undefined ? undefined : `${baseUrl.replace(/\/$/, '')}${page.replace('ID', encodeURIComponent(id))}`
}

function isTextbook(record: JsonObject): boolean {
  return listAt(record, 'tag_list').some((tag) => isObject(tag) && textAt(tag, 'tag_name') === '电子教材')
}
