// biome-ignore-all format: one concept a line
import { defineVocabulary } from './define.js'

/** Stages of education (学段), with the kinds of special school and the wider levels that foreign records name. */
export const stage = defineVocabulary('stage', '2026-1', [
  { notation: 'preschool', zh: '学前', en: 'Preschool', ug: 'مەكتەپ يېشىغىچە', kk: 'Мектепке дейінгі', mn: 'Сургуулийн өмнөх', alt: ['学前教育', '幼儿园', '幼儿', '幼教', 'early childhood', 'early childhood education', 'kindergarten', 'pre-school', 'pre-k', 'prek', 'nursery'] },
  { notation: 'school', zh: '中小学', en: 'School', alt: ['基础教育', '义务教育', '九年义务教育', 'k-12', 'k12', 'schule'] },
  { notation: 'primary', zh: '小学', en: 'Primary school', ug: 'باشلانغۇچ مەكتەپ', kk: 'Бастауыш мектеп', bo: 'སློབ་ཆུང', mn: 'Бага сургууль', alt: ['小学段', '小学阶段', '小学（六三学制）', 'primary', 'primary education', 'elementary', 'elementary school', 'elementary education', 'grundschule', 'primarstufe', 'lower primary', 'upper primary', '普通小学'], broader: 'school' },
  { notation: 'primary-54', zh: '小学（五·四学制）', en: 'Primary school (5-4 system)', alt: ['小学五四制', '小学（五四制）', '五四制小学', '小学（54制）'], broader: 'primary', closeMatch: ['primary'] },
  { notation: 'secondary', zh: '中学', en: 'Secondary school', ug: 'ئوتتۇرا مەكتەپ', kk: 'Орта мектеп', bo: 'འབྲིང་རིམ་སློབ་གྲྭ', mn: 'Дунд сургууль', alt: ['secondary', 'secondary education', 'sekundarstufe'], broader: 'school' },
  { notation: 'junior-secondary', zh: '初中', en: 'Junior secondary school', ug: 'تولۇقسىز ئوتتۇرا مەكتەپ', kk: 'Орталау мектеп', bo: 'དམའ་འབྲིང', alt: ['初中段', '初中阶段', '初级中学', '普通初中', '初中（六三学制）', 'middle school', 'junior high', 'junior high school', 'lower secondary', 'lower secondary education', 'sekundarstufe i', 'sekundarstufe 1'], broader: 'secondary' },
  { notation: 'junior-secondary-54', zh: '初中（五·四学制）', en: 'Junior secondary school (5-4 system)', alt: ['初中五四制', '初中（五四制）', '五四制初中', '初中（54制）'], broader: 'junior-secondary', closeMatch: ['junior-secondary'] },
  { notation: 'senior-secondary', zh: '高中', en: 'Senior secondary school', ug: 'تولۇق ئوتتۇرا مەكتەپ', kk: 'Жоғары сынып', bo: 'མཐོ་འབྲིང', alt: ['普通高中', '高中段', '高中阶段', '高级中学', 'high school', 'senior high', 'senior high school', 'upper secondary', 'upper secondary education', 'sekundarstufe ii', 'sekundarstufe 2'], broader: 'secondary' },
  { notation: 'special-education', zh: '特殊教育', en: 'Special education', ug: 'ئالاھىدە مائارىپ', kk: 'Арнайы білім беру', alt: ['特教', '特殊学校', '特殊教育学校', 'special needs school', 'förderschule'] },
  { notation: 'special-education-visual', zh: '盲校', en: 'School for the blind', alt: ['盲人学校', '视力障碍'], broader: 'special-education' },
  { notation: 'special-education-hearing', zh: '聋校', en: 'School for the deaf', alt: ['聋哑学校', '听力障碍'], broader: 'special-education' },
  { notation: 'special-education-intellectual', zh: '培智学校', en: 'School for the intellectually disabled', alt: ['培智', '启智学校', '智力障碍'], broader: 'special-education' },
  { notation: 'vocational', zh: '职业教育', en: 'Vocational education', ug: 'كەسپىي مائارىپ', kk: 'Кәсіптік білім беру', mn: 'Мэргэжлийн боловсрол', alt: ['中职', '中等职业教育', '中等职业学校', '职高', '职业高中', '高职', 'vocational education', 'vocational training', 'career / technical', 'career/technical', 'career technical', 'berufliche bildung'] },
  { notation: 'higher', zh: '高等教育', en: 'Higher education', ug: 'ئالىي مائارىپ', kk: 'Жоғары білім', mn: 'Дээд боловсрол', alt: ['大学', '高校', '本科', '研究生', 'university', 'college', 'undergraduate', 'graduate', 'postgraduate', 'tertiary', 'tertiary education', 'hochschule', 'community college / lower division', 'college / upper division', 'community college lower division', 'college upper division', 'graduate / professional', 'graduate professional', 'bachelor', 'master', 'doctorate'] },
  { notation: 'adult', zh: '继续教育', en: 'Adult and continuing education', ug: 'چوڭلار مائارىپى', alt: ['成人教育', '终身教育', '老年教育', '社区教育', 'adult education', 'continuing education', 'lifelong learning', 'training', 'professional development', 'fortbildung', '教师培训', '培训'] },
])
