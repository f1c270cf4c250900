import { createHash } from 'node:crypto'
import type { Concept, LearningResource } from '@edufed/sdk/schemas'

const subjects: [code: string, zh: string, ug: string, en: string, topics: string[]][] = [
  ['math', '数学', 'ماتېماتىكا', 'Mathematics', ['一元二次方程', '三角形的内角和', '分数的加减法', '勾股定理', '二次函数的图象', '圆的面积', '百分数的应用', '平行四边形的性质', '等差数列', '概率初步']],
  ['chinese', '语文', 'جۇڭگو تىلى', 'Chinese', ['静夜思', '望庐山瀑布', '背影', '荷塘月色', '桃花源记', '草船借箭', '岳阳楼记', '口语交际', '看图写话', '文言文阅读']],
  ['english', '英语', 'ئىنگلىز تىلى', 'English', ['一般现在时', '现在完成时', '定语从句', '阅读理解', '听力训练', '情态动词', '被动语态', '书面表达', '自然拼读', '购物对话']],
  ['physics', '物理', 'فىزىكا', 'Physics', ['牛顿第一定律', '浮力', '摩擦力', '欧姆定律', '光的折射', '机械能守恒', '电磁感应', '压强', '杠杆', '凸透镜成像']],
  ['chemistry', '化学', 'خىمىيە', 'Chemistry', ['氧气的制取', '酸碱中和反应', '元素周期表', '金属的化学性质', '溶液的浓度', '化学方程式', '原子的结构', '有机化合物', '燃烧与灭火', '水的净化']],
  ['biology', '生物', 'بىئولوگىيە', 'Biology', ['光合作用', '细胞的结构', '人体的消化', '遗传与变异', '生态系统', '植物的生殖', '血液循环', '显微镜的使用', '微生物', '呼吸作用']],
  ['history', '历史', 'تارىخ', 'History', ['秦始皇统一中国', '丝绸之路', '辛亥革命', '唐朝的盛世', '工业革命', '文艺复兴', '五四运动', '宋代经济', '古代希腊', '第二次世界大战']],
  ['geography', '地理', 'جۇغراپىيە', 'Geography', ['地球的自转', '中国的气候', '黄河与长江', '等高线地形图', '人口与城市', '世界的大洲', '农业区位', '板块运动', '新疆的绿洲', '季风']],
] // biome-ignore format: a table is read in rows
const forms = ['教学设计', '课件', '微课', '说课稿', '同步练习', '单元测试', '导学案', '课堂实录', '知识点总结', '教学反思']
const grades = ['一年级', '二年级', '三年级', '四年级', '五年级', '六年级', '七年级', '八年级', '九年级', '高一', '高二', '高三']
const editions = ['人教版', '北师大版', '苏教版', '沪教版', '湘教版', '外研版']
const sentences = [
  '本课帮助学生理解基本概念',
  '通过小组合作探究规律',
  '结合生活实例进行练习',
  '附有教师用书和参考答案',
  '适合课前预习和课后复习',
  '注重培养学生的核心素养',
  '包含动画演示和互动习题',
  '由骨干教师录制',
  '突出重点突破难点',
  '设计了分层作业',
]
const english = ['Introduction to', 'Exploring', 'A lesson on', 'Practice with', 'Understanding', 'Project work:']
const surnames = [...'李王张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平']

/** Deterministic records in a realistic mix: most Chinese, some English, Uyghur and Kazakh, titles that share words. */
export function generateResource(number: number): LearningResource {
  const random = mulberry(number + 1)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() ** 1.3 * list.length)]!
  const [code, zh, ug, en, topics] = pick(subjects)
  const topic = pick(topics)
  const grade = Math.floor(random() * grades.length)
  const edition = Math.floor(random() ** 2 * editions.length)
  const volume = random() < 0.5 ? '上册' : '下册'
  const form = pick(forms)
  const lesson = 1 + Math.floor(random() * 40)
  const isEnglish = random() < 0.12
  const isUyghur = !isEnglish && random() < 0.08
  const zhTitle = `${topic}${random() < 0.5 ? '（' : ' '}${editions[edition]}${grades[grade]}${volume}${random() < 0.5 ? `第${lesson}课` : ''}）${form}${random() < 0.3 ? ` ${surnames[lesson % 20]}${given[(lesson * 7) % 20]}老师` : ''}`
  const name: Record<string, string> = isEnglish
    ? {
        en: `${pick(english)} ${en.toLowerCase()} topic ${lesson}: ${pick(['equations', 'reading', 'forces', 'cells', 'rivers', 'poems'])}`,
      }
    : isUyghur
      ? { 'ug-Arab': `${ug} ${lesson}-دەرس`, 'zh-Hans': zhTitle }
      : { 'zh-Hans': zhTitle }
  const description = Array.from({ length: 2 + Math.floor(random() * 5) }, () => pick(sentences)).join('，')
  const stage = grade < 6 ? 'primary' : grade < 9 ? 'lower-secondary' : 'upper-secondary'
  const sourceId = `source-${Math.floor(random() ** 2 * 40)}`
  const identifier = `record-${number}`
  const day = new Date(Date.UTC(2018, 0, 1 + Math.floor(random() * 2900))).toISOString()
  return {
    id: `urn:edufed:bench.example:${identifier}`,
    type: ['LearningResource'],
    name,
    description: isEnglish
      ? { en: `Teaching material for ${en}, with exercises and answers, number ${number}.` }
      : { 'zh-Hans': `${description}。编号${number}。` },
    keywords: [{ value: topic }, { value: form }, { value: zh }],
    inLanguage: isEnglish ? ['en'] : isUyghur ? ['ug-Arab', 'zh-Hans'] : ['zh-Hans'],
    about: [concept('subject', code, { 'zh-Hans': zh, 'ug-Arab': ug, en })],
    educationalLevel: [concept('stage', stage, { en: stage }), concept('grade', `grade-${grade + 1}`, { 'zh-Hans': grades[grade]! })],
    textbookEdition: concept('edition', `edition-${edition}`, { 'zh-Hans': editions[edition]! }),
    volume: concept('volume', volume === '上册' ? 'first' : 'second', { 'zh-Hans': volume }),
    learningResourceType: [concept('type', `type-${forms.indexOf(form)}`, { 'zh-Hans': form })],
    creator: [{ type: 'Person', name: { 'zh-Hans': `${pick(surnames)}${pick(given)}${pick(given)}` } }],
    publisher: [{ type: 'Organization', name: { 'zh-Hans': `第${Math.floor(random() * 200)}实验学校` } }],
    url: `https://platform.example/resources/${identifier}`,
    dateModified: day,
    license: random() < 0.4 ? { id: 'https://creativecommons.org/licenses/by/4.0/', raw: 'CC BY 4.0' } : { id: null, raw: '版权所有' },
    usageScope: 'public',
    review: { state: 'approved', history: [] },
    status: 'active',
    version: 1,
    contentHash: createHash('sha256').update(identifier).digest('hex'),
    firstSeen: day,
    lastSeen: day,
    quality: [],
    provenance: {
      sourceId,
      sourceIdentifier: identifier,
      metadataPrefix: 'oai_dc',
      origin: { authority: 'bench.example', identifier },
      via: [],
      level: pick(['provincial', 'school', 'prefecture', 'county', 'national']),
      region: pick(['140000', '650000', '110000', '310000', '540000', '150000']),
    },
  }
}

/** What teachers type, in the same mix: known titles, words, parts of titles, several words, other languages. */
export function generateQueries(count: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    const random = mulberry(number + 77_000_000)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
    const [, zh, ug, en, topics] = pick(subjects)
    const topic = pick(topics)
    const kind = random()
    if (kind < 0.25) return topic
    if (kind < 0.4) return `${topic} ${pick(forms)}`
    if (kind < 0.55) return `${pick(editions)} ${pick(grades)} ${zh}`
    if (kind < 0.65) return `${pick(editions)}${pick(grades)}${pick(['上册', '下册'])}${zh}${pick(forms)}`
    if (kind < 0.75) return topic.slice(1, 4)
    if (kind < 0.8) return zh
    if (kind < 0.85) return topic[0]!
    if (kind < 0.9) return ug
    if (kind < 0.97) return `${en} ${pick(['equations', 'reading', 'forces', 'cells'])}`
    return ''
  })
}

function concept(vocabulary: string, notation: string, prefLabel: Record<string, string>): Concept {
  const inScheme = `urn:edufed-vocabulary:${vocabulary}`
  return { id: `${inScheme}:${notation}`, notation, prefLabel, inScheme }
}

/** A small random number generator: the same numbers on every machine. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
