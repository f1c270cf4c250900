import { createProfileCrosswalk, type MetadataProfile } from './metadata-profile.js'

/**
 * A draft for records after JY/T 0607-2017 and CELTS-42, whose texts were not at hand: the names are indicative, and obligations are not checked.
 * Compare it with a record of the source, and give the names that differ.
 */
export const jyt0607Draft: MetadataProfile = {
  name: 'jyt0607-draft',
  version: '2026-1',
  elements: {
    identifier: ['标识', '标识符', '资源标识', 'identifier'],
    name: ['标题', '题名', '资源名称', 'title'],
    alternateName: ['其他标题', '其他题名', '副标题', 'alternative'],
    description: ['描述', '简介', '摘要', 'description'],
    keywords: ['关键字', '关键词', '主题词', 'keyword', 'keywords'],
    language: ['语种', '语言', 'language'],
    subject: ['学科', 'subject', 'discipline'],
    level: ['年级', '学段', '适用年级', '适用学段', 'grade', 'stage', 'educationLevel'],
    textbook: ['版本', '教材版本', '册次', '册别', 'edition', 'volume'],
    type: ['类型', '资源类型', 'type', 'learningResourceType'],
    audience: ['适用对象', '使用对象', 'audience'],
    creator: ['作者', '创建者', 'creator', 'author'],
    contributor: ['其他作者', '贡献者', '其他责任者', 'contributor'],
    publisher: ['出版者', '出版社', '发布者', 'publisher'],
    provider: ['提供者', '来源单位', 'provider'],
    url: ['资源地址', '访问地址', '链接', 'url', 'location'],
    contentUrl: ['下载地址', '文件地址'],
    format: ['格式', 'format'],
    thumbnailUrl: ['缩略图', '封面', 'thumbnail'],
    dateCreated: ['创建日期', 'created'],
    datePublished: ['日期', '发布日期', '出版日期', 'date', 'issued'],
    dateModified: ['修改日期', '更新日期', 'modified'],
    rights: ['权限', '版权', '授权', 'rights', 'license'],
    access: ['访问权限', '使用权限', 'accessRights'],
    difficulty: ['难度', 'difficulty'],
    duration: ['时长', '学习时间', 'duration'],
    ageRange: ['适用年龄', 'typicalAgeRange'],
    curriculumVersion: ['课程标准版本', 'curriculumVersion'],
    isPartOf: ['章节', '所属资源', '关联', 'isPartOf'],
    isBasedOn: ['来源', 'source'],
  },
}

/** JY/T 0607 in the names of {@link jyt0607Draft} to a resource. */
export const jyt0607ToResource = createProfileCrosswalk(jyt0607Draft)
