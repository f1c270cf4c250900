/** ISO 639-1 codes: the languages whose English, Chinese and own names are recognised. */
const codes =
  'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu prs'

/** Names that the locale data lacks, mostly of the languages of China. */
const furtherNames: Record<string, string> = {
  中文: 'zh',
  汉语: 'zh',
  漢語: 'zh',
  汉文: 'zh',
  国语: 'zh',
  普通话: 'zh',
  国家通用语言: 'zh',
  国家通用语言文字: 'zh',
  华语: 'zh',
  语文: 'zh',
  汉: 'zh',
  mandarin: 'zh',
  'mandarin chinese': 'zh',
  'chinese (simplified)': 'zh-Hans',
  'chinese (traditional)': 'zh-Hant',
  'chinese simplified': 'zh-Hans',
  'chinese traditional': 'zh-Hant',
  'simplified chinese': 'zh-Hans',
  'traditional chinese': 'zh-Hant',
  简体: 'zh-Hans',
  简体中文: 'zh-Hans',
  '中文(简体)': 'zh-Hans',
  中文简体: 'zh-Hans',
  '汉语(简体)': 'zh-Hans',
  繁体: 'zh-Hant',
  繁体中文: 'zh-Hant',
  繁體中文: 'zh-Hant',
  '中文(繁体)': 'zh-Hant',
  '中文(繁體)': 'zh-Hant',
  中文繁体: 'zh-Hant',
  '汉语(繁体)': 'zh-Hant',
  维吾尔语: 'ug',
  维吾尔文: 'ug',
  维吾尔: 'ug',
  维语: 'ug',
  维文: 'ug',
  uighur: 'ug',
  uigur: 'ug',
  ئۇيغۇرچە: 'ug',
  'ئۇيغۇر تىلى': 'ug',
  藏语: 'bo',
  藏文: 'bo',
  藏: 'bo',
  'བོད་ཡིག': 'bo',
  'བོད་སྐད': 'bo',
  哈萨克语: 'kk',
  哈萨克文: 'kk',
  哈语: 'kk',
  哈文: 'kk',
  قازاقشا: 'kk-Arab',
  蒙古语: 'mn',
  蒙古文: 'mn',
  蒙语: 'mn',
  蒙文: 'mn',
  传统蒙古文: 'mn-Mong',
  回鹘式蒙古文: 'mn-Mong',
  胡都木蒙古文: 'mn-Mong',
  'ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ': 'mn-Mong',
  西里尔蒙古文: 'mn-Cyrl',
  朝鲜语: 'ko',
  朝鲜文: 'ko',
  朝文: 'ko',
  韩文: 'ko',
  柯尔克孜语: 'ky',
  柯尔克孜文: 'ky',
  柯语: 'ky',
  柯文: 'ky',
  彝语: 'ii',
  彝文: 'ii',
  规范彝文: 'ii',
  凉山彝语: 'ii',
  nuosu: 'ii',
  壮语: 'za',
  壮文: 'za',
  塔吉克语: 'tg',
  乌孜别克语: 'uz',
  乌兹别克语: 'uz',
  锡伯语: 'sjo',
  锡伯文: 'sjo',
  xibe: 'sjo',
  傣语: 'tdd',
  傣文: 'tdd',
  英文: 'en',
  英: 'en',
  日文: 'ja',
  俄文: 'ru',
  法文: 'fr',
  德文: 'de',
  西班牙文: 'es',
  阿拉伯文: 'ar',
  梵文: 'sa',
  farsi: 'fa',
  castilian: 'es',
  kyrgyz: 'ky',
  kirghiz: 'ky',
  'modern greek': 'el',
  flemish: 'nl',
}

let names: Map<string, string> | undefined

/** The tag of a language given by its English, Chinese or own name; undefined when the name is not known. */
export function tagOfLanguageName(name: string): string | undefined {
  names ??= collectNames()
  return names.get(fold(name))
}

function collectNames(): Map<string, string> {
  const found = new Map<string, string>()
  const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  const chinese = new Intl.DisplayNames('zh-Hans', { type: 'language', fallback: 'none' })
  for (const code of codes.split(' ')) {
    const own = new Intl.DisplayNames(code, { type: 'language', fallback: 'none' })
    for (const displayed of [english.of(code), chinese.of(code), own.of(code)]) {
      const key = displayed && fold(displayed)
      if (key && key !== code && !found.has(key)) found.set(key, code)
    }
  }
  for (const [name, code] of Object.entries(furtherNames)) found.set(fold(name), code)
  return found
}

function fold(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}
