import type { Mapping } from './mapping/mapping.js'

/**
 * A draft for records after JY/T 0607-2017 and CELTS-42, whose texts were not at hand: the names are indicative, and obligations are not checked.
 * Compare it with a record of the source, and give the names that differ.
 */
export const jyt0607Draft = {
  name: 'jyt0607-draft',
  version: '2026-1',
  keepOthers: true,
  fields: {
    identifier: anywhere('标识', '标识符', '资源标识', 'identifier'),
    name: anywhere('标题', '题名', '资源名称', 'title'),
    alternateName: anywhere('其他标题', '其他题名', '副标题', 'alternative'),
    description: anywhere('描述', '简介', '摘要', 'description'),
    keywords: anywhere('关键字', '关键词', '主题词', 'keyword', 'keywords'),
    language: anywhere('语种', '语言', 'language'),
    subject: anywhere('学科', 'subject', 'discipline'),
    level: anywhere('年级', '学段', '适用年级', '适用学段', 'grade', 'stage', 'educationLevel'),
    textbook: anywhere('版本', '教材版本', '册次', '册别', 'edition', 'volume'),
    type: anywhere('类型', '资源类型', 'type', 'learningResourceType'),
    audience: anywhere('适用对象', '使用对象', 'audience'),
    creator: anywhere('作者', '创建者', 'creator', 'author'),
    contributor: anywhere('其他作者', '贡献者', '其他责任者', 'contributor'),
    publisher: anywhere('出版者', '出版社', '发布者', 'publisher'),
    provider: anywhere('提供者', '来源单位', 'provider'),
    url: anywhere('资源地址', '访问地址', '链接', 'url', 'location'),
    contentUrl: anywhere('下载地址', '文件地址'),
    format: anywhere('格式', 'format'),
    thumbnailUrl: anywhere('缩略图', '封面', 'thumbnail'),
    dateCreated: anywhere('创建日期', 'created'),
    datePublished: anywhere('日期', '发布日期', '出版日期', 'date', 'issued'),
    dateModified: anywhere('修改日期', '更新日期', 'modified'),
    license: anywhere('权限', '版权', '授权', 'rights', 'license'),
    access: anywhere('访问权限', '使用权限', 'accessRights'),
    difficulty: anywhere('难度', 'difficulty'),
    duration: anywhere('时长', '学习时间', 'duration'),
    ageRange: anywhere('适用年龄', 'typicalAgeRange'),
    curriculumVersion: anywhere('课程标准版本', 'curriculumVersion'),
    isPartOf: anywhere('章节', '所属资源', '关联', 'isPartOf'),
    isBasedOn: anywhere('来源', 'source'),
  },
} satisfies Mapping

/** Elements of these names count wherever they stand in the record. */
function anywhere(...names: string[]): { from: string[] } {
  return { from: names.map((name) => `**.${name}`) }
}
