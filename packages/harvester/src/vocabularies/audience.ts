// biome-ignore-all format: one concept a line
import { defineVocabulary } from './define.js'

/** For whom a resource is made. */
export const audience = defineVocabulary('audience', '2026-1', [
  { notation: 'student', zh: '学生', en: 'Student', ug: 'ئوقۇغۇچى', kk: 'Оқушы', bo: 'སློབ་མ', mn: 'Сурагч', alt: ['学生用书', '学生用', '学习者', '学员', 'learner', 'students', 'learners', 'pupil'] },
  { notation: 'teacher', zh: '教师', en: 'Teacher', ug: 'ئوقۇتقۇچى', kk: 'Мұғалім', bo: 'དགེ་རྒན', mn: 'Багш', alt: ['教师用书', '教师教学用书', '教师用', '老师', '教学用书', 'teachers', 'instructor', 'educator', 'lehrer', 'lehrende', 'teacher education specialist'] },
  { notation: 'parent', zh: '家长', en: 'Parent', ug: 'ئاتا-ئانا', kk: 'Ата-ана', bo: 'ཕ་མ', mn: 'Эцэг эх', alt: ['家长用', '监护人', 'parents', 'guardian'] },
  { notation: 'administrator', zh: '管理者', en: 'Administrator', ug: 'باشقۇرغۇچى', kk: 'Басқарушы', bo: 'དོ་དམ་པ', mn: 'Удирдлага', alt: ['学校管理者', '校长', '教育管理者', 'manager', 'administrators'] },
  { notation: 'researcher', zh: '教研人员', en: 'Researcher', ug: 'ئوقۇتۇش تەتقىقاتچىسى', kk: 'Зерттеуші', mn: 'Судлаач', alt: ['教研员', '研究者', 'researchers'] },
  { notation: 'author', zh: '作者', en: 'Author', ug: 'ئاپتور', kk: 'Автор', bo: 'རྩོམ་པ་པོ', mn: 'Зохиогч', alt: ['authors'] },
  { notation: 'librarian', zh: '图书馆员', en: 'Librarian', ug: 'كۈتۈپخانا خادىمى', kk: 'Кітапханашы', mn: 'Номын санч', alt: ['librarians'] },
  { notation: 'counsellor', zh: '辅导员', en: 'Counsellor', ug: 'يېتەكچى ئوقۇتقۇچى', kk: 'Кеңесші', alt: ['counselor', 'mentor'] },
  { notation: 'general-public', zh: '公众', en: 'General public', ug: 'ئامما', kk: 'Жұртшылық', bo: 'མི་མང', mn: 'Олон нийт', alt: ['社会公众', '大众', 'public', 'generalpublic', 'other'] },
])
