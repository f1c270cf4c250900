/** Textbooks in use: subject, the editions that exist of it, and the grades and volumes that an edition has. */
export interface TextbookSeries {
  subject: string
  editions: readonly string[]
  /** [stage, grade, volumes] */
  parts: readonly (readonly [stage: string, grade: string, volumes: readonly string[]])[]
}

const twoVolumes = ['上册', '下册'] as const
const primary = ['一年级', '二年级', '三年级', '四年级', '五年级', '六年级']
const junior = ['七年级', '八年级', '九年级']
const grades = (stage: string, names: readonly string[], volumes: readonly string[] = twoVolumes) =>
  names.map((name) => [stage, name, volumes] as const)

export const textbookSeries: readonly TextbookSeries[] = [
  { subject: '语文', editions: ['统编版'], parts: [...grades('小学', primary), ...grades('初中', junior)] },
  { subject: '道德与法治', editions: ['统编版'], parts: [...grades('小学', primary), ...grades('初中', junior)] },
  { subject: '历史', editions: ['统编版'], parts: grades('初中', junior) },
  { subject: '数学', editions: ['人教版', '北师大版', '苏教版', '西南大学版', '冀教版', '青岛版'], parts: grades('小学', primary) },
  { subject: '数学', editions: ['人教版', '北师大版', '华东师大版', '湘教版', '浙教版', '沪科技版'], parts: grades('初中', junior) },
  {
    subject: '英语',
    editions: ['人教版', '外研社版', '译林版'],
    parts: [...grades('小学', primary.slice(2)), ...grades('初中', junior.slice(0, 2)), ['初中', '九年级', ['全一册']]],
  },
  { subject: '科学', editions: ['教科版', '苏教版', '人教鄂教版'], parts: grades('小学', primary) },
  {
    subject: '物理',
    editions: ['人教版', '北师大版', '沪科技版', '苏科版'],
    parts: [
      ['初中', '八年级', twoVolumes],
      ['初中', '九年级', ['全一册']],
    ],
  },
  { subject: '化学', editions: ['人教版', '科学粤教版', '鲁教版'], parts: [['初中', '九年级', twoVolumes]] },
  { subject: '生物学', editions: ['人教版', '北师大版', '苏教版'], parts: grades('初中', junior.slice(0, 2)) },
  { subject: '地理', editions: ['人教版', '湘教版', '商务星球版'], parts: grades('初中', junior.slice(0, 2)) },
  { subject: '音乐', editions: ['人音版', '人教版'], parts: grades('小学', primary) },
  { subject: '美术', editions: ['人教版', '人美版'], parts: grades('小学', primary) },
  {
    subject: '数学',
    editions: ['人教A版', '人教B版', '北师大版'],
    parts: [
      ['高中', '高一', ['必修 第一册', '必修 第二册']],
      ['高中', '高二', ['选择性必修 第一册', '选择性必修 第二册']],
    ],
  },
  {
    subject: '物理',
    editions: ['人教版', '粤教版'],
    parts: [
      ['高中', '高一', ['必修 第一册', '必修 第二册']],
      ['高中', '高二', ['必修 第三册', '选择性必修 第一册']],
    ],
  },
  { subject: '化学', editions: ['人教版', '苏教版'], parts: [['高中', '高一', ['必修 第一册', '必修 第二册']]] },
]
