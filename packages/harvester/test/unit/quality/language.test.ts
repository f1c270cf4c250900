import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectLanguage, toLanguageTag, toTextLanguage } from '../../../src/quality/language.js'

describe('a declared language', () => {
  it.each([
    ['zh-CN', 'zh-Hans'],
    ['zh_CN', 'zh-Hans'],
    ['ZH-cn', 'zh-Hans'],
    ['chi', 'zh-Hans'],
    ['zho', 'zh-Hans'],
    ['cmn', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh_HK', 'zh-Hant'],
    ['zh-Hant-TW', 'zh-Hant'],
    ['zh-cmn-Hans-CN', 'zh-Hans'],
    ['中文', 'zh-Hans'],
    ['汉语', 'zh-Hans'],
    ['繁體中文', 'zh-Hant'],
    ['uig', 'ug-Arab'],
    ['ug', 'ug-Arab'],
    ['ug-Latn', 'ug-Latn'],
    ['维吾尔语', 'ug-Arab'],
    ['Uyghur', 'ug-Arab'],
    ['tib', 'bo'],
    ['bod', 'bo'],
    ['藏语', 'bo'],
    ['kk-CN', 'kk-Arab'],
    ['kk-KZ', 'kk-Cyrl'],
    ['mn-CN', 'mn-Mong'],
    ['mvf', 'mn-Mong'],
    ['eng', 'en'],
    ['en-US', 'en'],
    ['en_US.UTF-8', 'en'],
    ['English', 'en'],
    ['俄语', 'ru'],
    ['ger', 'de'],
    ['prs', 'prs'],
    ['彝语', 'ii'],
    ['朝鲜语', 'ko'],
  ])('%s is %s', (raw, tag) => expect(toLanguageTag(raw)).toBe(tag))

  it.each([['x-none'], [''], ['und'], ['xyz'], ['Klingonisch'], ['7'], [undefined], ['其他'], ['zxx']])('%s is unknown', (raw) =>
    expect(toLanguageTag(raw)).toBe('und'),
  )

  it.each([
    ['kaz', 'Үйкеліс күші', 'kk-Cyrl'],
    ['kaz', 'قازاقستان', 'kk-Arab'],
    ['kk', '摩擦力', 'kk'],
    ['mn', 'ᠬᠦᠮᠦᠨ', 'mn-Mong'],
    ['mn', 'Хүний эрх', 'mn-Cyrl'],
    ['ug', 'dunya kishilik hoquqi', 'ug-Latn'],
    ['ug', 'دۇنيا', 'ug-Arab'],
    ['zh', '靜夜思', 'zh-Hant'],
    ['zh-CN', '靜夜思', 'zh-Hans'],
    ['uz', 'Ishqalanish', 'uz-Latn'],
  ])('%s takes its script from the text %s', (raw, text, tag) => expect(toLanguageTag(raw, text)).toBe(tag))
})

describe('an undeclared language', () => {
  it.each([
    ['ماتېماتىكا', 'ug-Arab'],
    ['دۇنيا كىشىلىك ھوقۇقى خىتابنامىسى', 'ug-Arab'],
    ['ٴبىلىم', 'kk-Arab'],
    ['བོད་ཡིག', 'bo'],
    ['ᠮᠣᠩᠭᠣᠯ', 'mn-Mong'],
    ['静夜思', 'zh-Hans'],
    ['唐詩三百首', 'zh-Hant'],
    ['山行', 'zh'],
    ['JavaScript 教程', 'zh'],
    ['とても背の高い男', 'ja'],
    ['수학', 'ko'],
    ['ꆈꌠꉙ', 'ii'],
    ['Қазақстан тарихы және ұлт', 'kk-Cyrl'],
  ])('of %s is %s', (text, tag) => expect(detectLanguage(text)).toBe(tag))

  it.each([
    ['Hello world'],
    ['Xin chào'],
    ['محاليل حمض'],
    ['مرد خیلی قد بلند'],
    ['ئەدەبیاتی کوردی'],
    ['Хүний эрх'],
    ['Физика'],
    ['123 — !'],
    [''],
  ])('of %s is not guessed', (text) => expect(detectLanguage(text)).toBe('und'))
})

it('labels a Chinese description of a Uyghur book as Chinese', () => {
  expect(toTextLanguage('ug', '数学课本')).toBe('zh-Hans')
  expect(toTextLanguage('ug', 'ماتېماتىكا')).toBe('ug-Arab')
  expect(toTextLanguage('zh-CN', 'English title')).toBe('und')
  expect(toTextLanguage('en', 'English title')).toBe('en')
  expect(toTextLanguage('mn', 'Хүний эрх')).toBe('mn-Cyrl')
})

it('always gives a tag that the record model takes, and never throws', () => {
  const tag = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/
  fc.assert(
    fc.property(fc.option(fc.string({ unit: 'binary' }), { nil: undefined }), fc.string({ unit: 'binary' }), (raw, text) => {
      expect(toLanguageTag(raw, text)).toMatch(tag)
      expect(toTextLanguage(raw, text)).toMatch(tag)
    }),
  )
})
