import { isEdufedError, textInLanguage } from '@edufed/sdk'
import type { Translation } from '@edufed/sdk/schemas'
import { type PageLanguage, pageMessages } from '../../../web/messages.js'

interface TranslationLink {
  href: string
  /** Its languages in the reader's language. */
  label: string
  /** Its title in its own language. */
  title: string
  language: string
  direction: 'ltr' | 'rtl'
}

/** Links to the other forms of a work, by their languages; when these cannot be found out now, the page says so and goes without. */
export async function toTranslationLinks(
  find: () => Promise<Translation[]>,
  language: PageLanguage,
): Promise<{ links: TranslationLink[]; problem?: string }> {
  try {
    const { compare } = new Intl.Collator(language)
    const links = (await find()).map((form) => toLink(form, language))
    return { links: links.sort((a, b) => compare(a.label, b.label)) }
  } catch (error) {
    if (!isEdufedError(error)) throw error
    return { links: [], problem: pageMessages[language].translationsUnavailable }
  }
}

function toLink({ id, name, inLanguage, label }: Translation, language: PageLanguage): TranslationLink {
  const title = textInLanguage(name, inLanguage[0] ?? language)
  return {
    href: `/resources/${encodeURIComponent(id)}?lang=${language}`,
    label,
    title: title?.text ?? id,
    language: title?.language ?? 'und',
    direction: title?.direction ?? 'ltr',
  }
}
