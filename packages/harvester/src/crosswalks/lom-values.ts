import { attributeOf, findChild, textOf, type XmlElement } from '../xml/element.js'

/** A text with the language that the record declares for it. */
export interface LangString {
  text: string
  language?: string
}

/** The texts of a LangString: `<string language>` of IEEE, `<langstring xml:lang>` of IMS, or bare text. `x-none` declares no language. */
export function langStringsOf(element: XmlElement | undefined): LangString[] {
  if (!element) return []
  const strings = element.children.filter(({ name }) => /^(lang)?string$/i.test(name))
  return (strings.length > 0 ? strings : [element]).flatMap((string) => {
    const text = textOf(string)
    if (text === undefined) return []
    const language = attributeOf(string, 'language') ?? attributeOf(string, 'lang')
    return [language && !/^(x-)?none$/i.test(language.trim()) ? { text, language } : { text }]
  })
}

/** The value of a vocabulary element: `<value>` beside its `<source>`, or bare text. */
export function vocabularyValueOf(element: XmlElement | undefined): string | undefined {
  return textOf(findChild(element, 'value')) ?? (element && element.children.length === 0 ? textOf(element) : undefined)
}
