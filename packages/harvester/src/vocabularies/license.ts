// biome-ignore-all format: one concept a line
import { type ConceptRow, defineVocabulary } from './define.js'

const codes: readonly [code: string, zh: string, en: string, ug: string][] = [
  ['by', '署名', 'Attribution', 'ئاپتورى ئەسكەرتىلىدۇ'],
  ['by-sa', '署名-相同方式共享', 'Attribution-ShareAlike', 'ئاپتورى ئەسكەرتىلىدۇ، ئوخشاش شەرتتە ھەمبەھىرلىنىدۇ'],
  ['by-nd', '署名-禁止演绎', 'Attribution-NoDerivatives', 'ئاپتورى ئەسكەرتىلىدۇ، ئۆزگەرتىلمەيدۇ'],
  ['by-nc', '署名-非商业性使用', 'Attribution-NonCommercial', 'ئاپتورى ئەسكەرتىلىدۇ، سودىدا ئىشلىتىلمەيدۇ'],
  ['by-nc-sa', '署名-非商业性使用-相同方式共享', 'Attribution-NonCommercial-ShareAlike', 'ئاپتورى ئەسكەرتىلىدۇ، سودىدا ئىشلىتىلمەيدۇ، ئوخشاش شەرتتە ھەمبەھىرلىنىدۇ'],
  ['by-nc-nd', '署名-非商业性使用-禁止演绎', 'Attribution-NonCommercial-NoDerivatives', 'ئاپتورى ئەسكەرتىلىدۇ، سودىدا ئىشلىتىلمەيدۇ، ئۆزگەرتىلمەيدۇ'],
]
const versions = ['1.0', '2.0', '2.5', '3.0', '4.0']

const creativeCommons: ConceptRow[] = codes.flatMap(([code, zh, en, ug]) =>
  versions.map((version) => ({
    notation: `cc-${code}-${version}`,
    zh: `知识共享 ${zh} ${version}（CC ${code.toUpperCase()}）`,
    en: `CC ${code.toUpperCase()} ${version}`,
    ug: `CC ${code.toUpperCase()} ${version} (${ug})`,
    ...inShort(`CC ${code.toUpperCase()} ${version}`),
    alt: [`https://creativecommons.org/licenses/${code}/${version}/`, `Creative Commons ${en} ${version}`, `CC ${code.toUpperCase()} ${version}`],
  })),
)

/** Kazakh, Tibetan and Mongolian call a licence by its abbreviation. */
function inShort(abbreviation: string): Pick<ConceptRow, 'kk' | 'bo' | 'mn'> {
  return { kk: abbreviation, bo: abbreviation, mn: abbreviation }
}

/** Licences; the first altLabel is the canonical address that `toLicense` gives as `id`. */
export const license = defineVocabulary('license', '2026-1', [
  { notation: 'cc0-1.0', zh: '知识共享 公有领域贡献（CC0 1.0）', en: 'CC0 1.0', ug: 'ئاممىۋى ساھە (CC0)', ...inShort('CC0 1.0'), alt: ['https://creativecommons.org/publicdomain/zero/1.0/', 'CC0', 'CC Zero'] },
  { notation: 'public-domain-mark-1.0', zh: '公有领域标记', en: 'Public Domain Mark 1.0', ug: 'ئاممىۋى ساھە', alt: ['https://creativecommons.org/publicdomain/mark/1.0/', 'public domain', '公有领域'] },
  ...creativeCommons,
  { notation: 'gfdl', zh: 'GNU 自由文档许可证', en: 'GFDL', ug: 'GNU ئەركىن ھۆججەت ئىجازەتنامىسى', ...inShort('GFDL'), alt: ['https://www.gnu.org/licenses/fdl.html'] },
  { notation: 'gfdl-1.2', zh: 'GNU 自由文档许可证 1.2', en: 'GFDL 1.2', ug: 'GNU ئەركىن ھۆججەت ئىجازەتنامىسى 1.2', ...inShort('GFDL 1.2'), alt: ['https://www.gnu.org/licenses/old-licenses/fdl-1.2.html'] },
  { notation: 'gfdl-1.3', zh: 'GNU 自由文档许可证 1.3', en: 'GFDL 1.3', ug: 'GNU ئەركىن ھۆججەت ئىجازەتنامىسى 1.3', ...inShort('GFDL 1.3'), alt: ['https://www.gnu.org/licenses/fdl-1.3.html'] },
  { notation: 'mit', zh: 'MIT 许可证', en: 'MIT', ug: 'MIT ئىجازەتنامىسى', ...inShort('MIT'), alt: ['https://opensource.org/license/mit'] },
  { notation: 'apache-2.0', zh: 'Apache 许可证 2.0', en: 'Apache 2.0', ug: 'Apache ئىجازەتنامىسى 2.0', ...inShort('Apache 2.0'), alt: ['https://www.apache.org/licenses/LICENSE-2.0'] },
  { notation: 'gpl-3.0', zh: 'GNU 通用公共许可证 3.0', en: 'GPL 3.0', ug: 'GNU ئومۇمىي ئاممىۋى ئىجازەتنامىسى 3.0', ...inShort('GPL 3.0'), alt: ['https://www.gnu.org/licenses/gpl-3.0.html'] },
  { notation: 'odbl-1.0', zh: '开放数据库许可证 1.0', en: 'ODbL 1.0', ug: 'ئوچۇق سانلىق مەلۇمات ئامبىرى ئىجازەتنامىسى 1.0', ...inShort('ODbL 1.0'), alt: ['https://opendatacommons.org/licenses/odbl/1-0/'] },
  { notation: 'ogl-3.0', zh: '英国开放政府许可 3.0', en: 'OGL 3.0', ug: 'ئەنگلىيە ئوچۇق ھۆكۈمەت ئىجازەتنامىسى 3.0', ...inShort('OGL 3.0'), alt: ['https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/'] },
  { notation: 'in-copyright', zh: '受版权保护', en: 'In Copyright', ug: 'نەشر ھوقۇقى قوغدىلىدۇ', kk: 'Авторлық құқықпен қорғалған', mn: 'Зохиогчийн эрхээр хамгаалагдсан', alt: ['http://rightsstatements.org/vocab/InC/1.0/'] },
  { notation: 'in-copyright-educational', zh: '受版权保护，允许教育使用', en: 'In Copyright – Educational Use Permitted', ug: 'نەشر ھوقۇقى قوغدىلىدۇ، مائارىپتا ئىشلىتىشكە بولىدۇ', alt: ['http://rightsstatements.org/vocab/InC-EDU/1.0/'] },
  { notation: 'no-copyright-non-commercial', zh: '无版权，仅限非商业使用', en: 'No Copyright – Non-Commercial Use Only', ug: 'نەشر ھوقۇقى يوق، سودىدا ئىشلىتىلمەيدۇ', alt: ['http://rightsstatements.org/vocab/NoC-NC/1.0/'] },
])
