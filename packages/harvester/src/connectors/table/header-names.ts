// biome-ignore-all format: one field a line
import type { ResourceField } from '../../crosswalks/resource-fields.js'
import { toLanguageTag } from '../../quality/language.js'
import { foldLabel } from '../../vocabularies/fold.js'

/** Names that columns have in real tables. */
const names: Partial<Record<ResourceField, readonly string[]>> = {
  identifier: ['id', '编号', '资源编号', '资源id', '标识', '标识符', '唯一标识', '资源标识', '序列号', 'identifier', 'uuid', 'guid', 'record id', 'resource id', 'code', '编码', '资源编码', 'كود', 'شناسه'],
  name: ['标题', '名称', '题名', '资源名称', '资源标题', '书名', '教材名称', '课程名称', '文件名称', '课件名称', '素材名称', '篇名', 'title', 'name', 'resource name', 'resource title', 'تېما', 'ماۋزۇ', 'атауы', 'གནས་མིང', 'нэр'],
  alternateName: ['副标题', '其他标题', '别名', '又名', 'subtitle', 'alternative title', 'alternative', 'alternate name'],
  description: ['简介', '描述', '内容简介', '说明', '摘要', '资源描述', '资源简介', '内容', '概述', '备注', 'description', 'summary', 'abstract', 'desc', 'چۈشەندۈرۈش'],
  language: ['语种', '语言', '文种', '语言文字', 'language', 'lang', 'inlanguage', 'تىل'],
  keywords: ['关键词', '关键字', '标签', '主题词', 'keywords', 'keyword', 'tags', 'tag'],
  subject: ['学科', '科目', '课程', '所属学科', '学科名称', 'subject', 'subjects', 'discipline', 'about', 'پەن'],
  stage: ['学段', '教育阶段', '适用学段', '所属学段', 'stage', 'level', 'education level', 'educational level', 'school level'],
  grade: ['年级', '适用年级', '所属年级', 'grade', 'grades', 'grade level', 'يىللىق'],
  edition: ['版本', '教材版本', '教材', '出版版本', 'edition', 'textbook edition'],
  volume: ['册次', '册别', '册', '分册', '学期', 'volume', 'vol', 'term', 'semester'],
  type: ['类型', '资源类型', '类别', '资源类别', '分类', '素材类型', '资源形式', '媒体类型', 'type', 'resource type', 'learning resource type', 'learningresourcetype', 'genre', 'category', 'تۈرى'],
  audience: ['适用对象', '对象', '使用对象', '受众', '面向对象', 'audience', 'intended audience', 'end user', 'intended end user role'],
  creator: ['作者', '制作者', '创作者', '主讲人', '主讲教师', '授课教师', '教师', '主编', '编者', '制作人', '上传者', '上传人', '责任者', 'author', 'authors', 'creator', 'creators', 'teacher', 'ئاپتور', 'авторы', 'автор'],
  contributor: ['贡献者', '译者', '其他作者', '参与者', '其他责任者', 'contributor', 'contributors', 'translator'],
  publisher: ['出版社', '出版者', '出版单位', '发布者', '发布单位', '出版机构', 'publisher', 'press', 'نەشرىيات'],
  provider: ['提供者', '来源', '提供单位', '单位', '学校', '所属学校', '学校名称', '来源单位', 'provider', 'school', 'organization', 'organisation', 'institution'],
  url: ['链接', '网址', '地址', '资源地址', '资源链接', '访问地址', '访问链接', '详情页', 'url', 'link', 'uri', 'href', 'web address', 'landing page', 'homepage', 'ئادرېس'],
  contentUrl: ['下载地址', '下载链接', '文件地址', '文件链接', '播放地址', 'download url', 'download', 'file url', 'content url', 'contenturl', 'file'],
  format: ['格式', '文件格式', '文件类型', 'format', 'mime type', 'media type', 'mimetype', 'file format', 'encoding format'],
  size: ['大小', '文件大小', '字节数', 'size', 'file size', 'content size', 'contentsize', 'bytes'],
  thumbnailUrl: ['封面', '封面图', '缩略图', '封面地址', '封面链接', 'thumbnail', 'thumbnail url', 'cover', 'cover image', 'image', 'thumbnailurl'],
  dateCreated: ['创建时间', '创建日期', '制作时间', '制作日期', '上传时间', '上传日期', 'created', 'date created', 'created at', 'create time', 'datecreated'],
  datePublished: ['发布时间', '发布日期', '出版日期', '出版时间', '出版年', '日期', '上线时间', 'published', 'date', 'date published', 'publication date', 'year', 'issued', 'datepublished'],
  dateModified: ['更新时间', '更新日期', '修改时间', '修改日期', '最后更新', 'updated', 'modified', 'updated at', 'last modified', 'date modified', 'update time', 'datemodified'],
  license: ['许可', '许可证', '授权', '授权方式', '版权', '许可协议', '版权声明', '使用许可', '权限', 'license', 'licence', 'rights', 'copyright', 'license url'],
  curriculumVersion: ['课标版本', '课程标准', '课标', 'curriculum', 'curriculum version'],
  difficulty: ['难度', '难易度', '难度等级', 'difficulty'],
  duration: ['时长', '学时', 'duration', 'time required'],
  ageRange: ['适用年龄', '年龄', '年龄段', 'age', 'age range', 'typical age range'],
  isbn: ['isbn', '书号', '国际标准书号', 'isbn号'],
  doi: ['doi'],
}

const byName = new Map(
  Object.entries(names).flatMap(([field, words]) => words.map((word): [string, ResourceField] => [foldLabel(word), field as ResourceField])),
)
/** Fields of which there may be one column a language: 标题（维吾尔文）, title_ug, name@kk. */
const translated: ReadonlySet<ResourceField> = new Set(['name', 'alternateName', 'description', 'keywords', 'publisher', 'creator'])
const withLanguage = /^(.+?)\s*(?:[_@:：.\-\s]\s*|[（([【])([\p{L}\p{M} -]{2,40})[）)\]】]?$/u

/** What a column is by its name, with the language that the name tells. */
export function recognizeHeader(header: string): { field: ResourceField; language?: string } | undefined {
  const text = header.trim().replace(/[*＊:：]+$/, '')
  const plain = byName.get(foldLabel(text)) ?? byName.get(foldLabel(text.replace(/[（(].*?[）)]/g, '')))
  const [, base = '', word = ''] = withLanguage.exec(text) ?? []
  const field = byName.get(foldLabel(base))
  if (field && translated.has(field)) {
    const language = toLanguageTag(word)
    if (language !== 'und') return { field, language }
  }
  return plain && { field: plain }
}
