/** Words of schools that mean the same, as a synonyms file has them. The vocabularies bring theirs along; these are others. */
export const defaultSynonyms = `
# What is done in class
教案, 教学设计, 教学方案
公开课, 优质课, 示范课, 观摩课
说课稿, 说课
导学案, 学案, 任务单
习题, 练习题, 试题, 题目
试卷, 考卷, 测试卷, 卷子
期中考试, 期中测试, 期中试卷
期末考试, 期末测试, 期末试卷
单元测试, 单元卷, 单元检测
复习课, 复习, 总复习
板书, 板书设计
知识点, 考点
思维导图, 脑图
微课, 微视频
古诗, 古诗词, 诗词
作文, 习作, 写作
阅读理解, 阅读训练
口算, 口算题
奥数, 数学竞赛, 奥林匹克数学

# Mathematics
勾股定理, 毕达哥拉斯定理
平方差公式, 平方差
一元二次方程, 二次方程
圆周率, π
条形图, 折线图, 扇形图 => 统计图

# Science
牛顿第一定律, 惯性定律
生态环境 => 生态系统
细胞分裂, 有丝分裂

# Languages and others
拼音, 汉语拼音
国语 => 普通话
英语口语, 口语练习
心理健康教育, 心理辅导
安全教育, 安全知识
防溺水, 溺水安全
民族团结, 民族团结进步

# Tibetan
གྲངས་རིག, རྩིས་རིག

# English
maths, math, mathematics
quiz, test
exam, examination
worksheet, handout
slides, slideshow, powerpoint
simple past tense, simple past, past simple, 一般过去时
simple present tense, simple present, present simple, 一般现在时
present continuous, present progressive, 现在进行时
present perfect tense, present perfect, 现在完成时
passive voice, 被动语态
primary school, elementary school
junior high school, middle school
sports, physical education
`
