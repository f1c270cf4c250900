import { createHash } from 'node:crypto'
import type { AllianceData, ExampleRecord } from './example-record.js'
import { poems } from './poems.js'
import { textbookSeries } from './textbooks.js'
import { subjectNames, type Topic, topics } from './topics.js'

/** The data set of the example: the same records at every call, made of names of textbooks, topics and poems. */
export function createExampleData(): AllianceData {
  return {
    national: [...nationalTextbooks(), ...nationalLessons()],
    provincial: { lessons: provincialLessons(), languages: [...translatedLessons(), ...tibetanLessons(), ...mongolianScriptLessons()] },
    withdrawn: ['lesson-withdrawn-1', 'lesson-withdrawn-2', 'lesson-withdrawn-3'],
    schoolTable: schoolPoems(),
    schoolPush: schoolWorksheets(),
  }
}

function nationalTextbooks(): ExampleRecord[] {
  return textbookSeries.flatMap(({ subject, editions, parts }) =>
    editions.flatMap((edition) =>
      parts.flatMap(([stage, grade, volumes]) =>
        volumes.map((volume) => {
          const prefix = stage === '高中' ? '普通高中教科书' : '义务教育教科书'
          const title = `${prefix}·${subject} ${grade} ${volume}（${edition}）`
          const id = toUuid(title)
          return {
            id,
            title,
            language: 'zh-CN',
            subject: [subject],
            stage,
            grade: [grade],
            edition,
            volume,
            type: '教材',
            url: `https://national.example/tchMaterial/detail?contentId=${id}`,
            encodingFormat: 'application/pdf',
            contentSize: 8_000_000 + (Number.parseInt(id.slice(0, 5), 16) % 40_000_000),
            ...dates(title),
          }
        }),
      ),
    ),
  )
}

function nationalLessons(): ExampleRecord[] {
  return topics.map((topic) => {
    const title = `${topic.zh}（精品课）`
    return {
      id: toUuid(title),
      title,
      language: 'zh-CN',
      description: `${topic.grade}${topic.subject}课堂实录：${topic.zh}，附学习任务单和课后练习。`,
      subject: [topic.subject],
      stage: stageOf(topic.grade),
      grade: [topic.grade],
      type: '课程',
      keywords: [topic.zh, '精品课'],
      url: `https://national.example/lesson/${toUuid(title)}`,
      ...dates(title),
    }
  })
}

const provincialKinds = [
  { type: '教案', creator: '晋川教研组', about: '教学目标、重点难点、教学过程和板书设计。' },
  { type: '课件', creator: '汾河名师工作室', about: '课堂演示课件，含动画和随堂提问。' },
  { type: '微课视频', creator: '太行微课团队', about: '八分钟微课，讲清概念并示范一道例题。' },
  { type: '练习题', creator: '晋川教研组', about: '分层练习：基础、提高、拓展，附参考答案。' },
] as const

function provincialLessons(): ExampleRecord[] {
  return topics.flatMap((topic, index) =>
    provincialKinds.map((kind, kindIndex) => {
      const id = `lesson-${String(index * provincialKinds.length + kindIndex + 1).padStart(4, '0')}`
      const title = `${topic.zh} ${kind.type}`
      return {
        id,
        title,
        language: 'zh-Hans',
        description: `${topic.grade}${topic.subject}《${topic.zh}》：${kind.about}`,
        subject: [topic.subject],
        stage: stageOf(topic.grade),
        grade: [topic.grade],
        type: kind.type,
        keywords: [topic.zh, topic.en],
        creator: kind.creator,
        publisher: '晋川省教育资源中心（示例）',
        url: `https://province.example/resource/${id}`,
        license:
          index % 3 === 0 ? 'https://creativecommons.org/licenses/by/4.0/' : 'http://creativecommons.org/licenses/by-nc-sa/4.0/deed.zh',
        ...dates(title),
      }
    }),
  )
}

const lessonWord = { en: 'Lesson plan', ug: 'دەرس لايىھەسى', kk: 'Сабақ жоспары', mn: 'Хичээлийн төлөвлөгөө' } as const
const lessonTag = { en: 'en', ug: 'ug-Arab', kk: 'kk-Cyrl', mn: 'mn-Cyrl' } as const

function translatedLessons(): ExampleRecord[] {
  return topics.flatMap((topic, index) =>
    (['en', 'ug', 'kk', 'mn'] as const).flatMap((language) => {
      const name = topic[language]
      if (!name) return []
      const subject = subjectNames[topic.subject]?.[language] ?? topic.subject
      const id = `${language}-${String(index + 1).padStart(3, '0')}`
      return [
        {
          id,
          title: name,
          titles: { [lessonTag[language]]: name, 'zh-Hans': topic.zh },
          language: lessonTag[language],
          description: `${subject}. ${lessonWord[language]}: ${name}.`,
          subject: [topic.subject],
          stage: stageOf(topic.grade),
          grade: [topic.grade],
          type: '教案',
          keywords: [subject, name],
          publisher: '晋川省民族语言资源站（示例）',
          url: `https://languages.province.example/${id}`,
          license: 'https://creativecommons.org/licenses/by-sa/4.0/',
          ...dates(name),
        },
      ]
    }),
  )
}

const tibetanOrdinals = ['དང་པོ', 'གཉིས་པ', 'གསུམ་པ', 'བཞི་པ', 'ལྔ་པ', 'དྲུག་པ']
const primaryGrades = ['一年级', '二年级', '三年级', '四年级', '五年级', '六年级']

function tibetanLessons(): ExampleRecord[] {
  return ['语文', '数学', '科学', '音乐', '美术', '体育与健康'].flatMap((subject) =>
    tibetanOrdinals.map((ordinal, index) => {
      const name = `${subjectNames[subject]?.bo}། ལོ་རིམ་${ordinal}འི་སློབ་ཚན།`
      const grade = primaryGrades[index] ?? '一年级'
      const id = `bo-${subject === '体育与健康' ? 'pe' : toUuid(subject).slice(0, 4)}-${index + 1}`
      return {
        id,
        title: name,
        titles: { bo: name, 'zh-Hans': `${grade}${subject}（藏语）` },
        language: 'bo',
        subject: [subject],
        stage: '小学',
        grade: [grade],
        type: '教案',
        publisher: '晋川省民族语言资源站（示例）',
        url: `https://languages.province.example/${id}`,
        ...dates(name),
      }
    }),
  )
}

function mongolianScriptLessons(): ExampleRecord[] {
  return [
    ['ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ', '蒙古语'],
    ['ᠲᠣᠭ᠎ᠠ', '数学'],
  ].flatMap(([name = '', subject = '']) =>
    primaryGrades.map((grade, index) => {
      const id = `mong-${toUuid(subject).slice(0, 4)}-${index + 1}`
      return {
        id,
        title: `${name} ${index + 1}`,
        titles: { 'mn-Mong': `${name} ${index + 1}`, 'zh-Hans': `${grade}${subject}（蒙古语）` },
        language: 'mn-Mong',
        subject: [subject],
        stage: '小学',
        grade: [grade],
        type: '教案',
        publisher: '晋川省民族语言资源站（示例）',
        url: `https://languages.province.example/${id}`,
        ...dates(`${name}${grade}`),
      }
    }),
  )
}

function schoolPoems(): ExampleRecord[] {
  return poems.map((poem, index) => {
    const isTraditional = poem.hant !== undefined
    const title = poem.hant?.title ?? poem.title
    return {
      id: `poem-${String(index + 1).padStart(3, '0')}`,
      title,
      language: isTraditional ? 'zh-Hant' : 'zh-Hans',
      subject: ['语文'],
      stage: stageOf(poem.grade),
      grade: [poem.grade],
      type: '课文',
      keywords: ['古诗词', `${poem.dynasty}代`],
      creator: poem.hant?.author ?? poem.author,
      url: `https://school.example/library/poems/${index + 1}`,
      license: 'https://creativecommons.org/publicdomain/mark/1.0/',
      ...dates(title),
    }
  })
}

function schoolWorksheets(): ExampleRecord[] {
  return topics
    .filter((topic) => topic.subject === '数学' || topic.subject === '物理' || topic.subject === '科学')
    .flatMap((topic) => ['学习任务单', '课堂小测'].flatMap((kind) => withTranslations(topic, worksheet(topic, kind))))
}

function worksheet(topic: Topic, kind: string): ExampleRecord {
  const title = `${topic.zh}${kind}`
  const id = `worksheet-${toUuid(title).slice(0, 8)}`
  return {
    id,
    title,
    language: 'zh-Hans',
    description: `本校${topic.grade}${topic.subject}备课组编写。`,
    subject: [topic.subject],
    stage: stageOf(topic.grade),
    grade: [topic.grade],
    type: '练习题',
    creator: '榆树沟中心学校备课组（示例）',
    url: `https://school.example/worksheets/${id}`,
    license: 'CC BY-NC 4.0',
    ...dates(title),
  }
}

const worksheetWord = { ug: 'مەشىق ۋارىقى', kk: 'Жұмыс парағы' } as const

/** The teachers of the school write its worksheets of mathematics in the languages of their classes, too. */
function withTranslations(topic: Topic, original: ExampleRecord): ExampleRecord[] {
  if (topic.subject !== '数学') return [original]
  const translations = (['ug', 'kk'] as const).flatMap((language): ExampleRecord[] => {
    const name = topic[language]
    if (!name) return []
    const title = `${name}. ${worksheetWord[language]}`
    const id = `${original.id}-${language}`
    const url = `https://school.example/worksheets/${id}`
    const { description: _, ...same } = original
    return [
      { ...same, id, title, titles: { [lessonTag[language]]: title }, language: lessonTag[language], url, translationOf: original.id },
    ]
  })
  return [original, ...translations]
}

function stageOf(grade: string): string {
  if (grade.startsWith('高')) return '高中'
  return ['七年级', '八年级', '九年级'].includes(grade) ? '初中' : '小学'
}

function toUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Days of the school years 2022 to 2025, told by the text alone. */
function dates(text: string): { dateCreated: string; dateModified: string } {
  const number = Number.parseInt(createHash('sha256').update(`date ${text}`).digest('hex').slice(0, 8), 16)
  const start = Date.UTC(2022, 8, 1)
  const created = new Date(start + (number % 1000) * 86_400_000)
  const modified = new Date(created.getTime() + (number % 97) * 86_400_000)
  return { dateCreated: created.toISOString().slice(0, 10), dateModified: `${modified.toISOString().slice(0, 10)}T08:00:00+08:00` }
}
