import { html, nothing, type TemplateResult } from 'lit'
import type { Highlight, LanguageMap, SearchHit } from '../contract.js'
import { directionOfLanguage, textInLanguage } from '../language/text-in-language.js'
import { fill } from './messages/interface-messages.js'
import type { Messages } from './messages/messages.js'

export interface SearchHitOptions {
  messages: Messages
  language: string
  /** Address of the page of a resource, with `{id}`; without it, hits link to the resource itself. */
  detailUrl: string
  /** Names of languages and platform levels in the reader's language. */
  nameOfLanguage: (tag: string) => string
  /** Called when the hit is opened. */
  onOpen: () => void
}

/** One hit: title, passage, and badges for languages, platforms and licence. */
export function renderSearchHit(hit: SearchHit, options: SearchHitOptions): TemplateResult {
  const { resource } = hit
  const address = options.detailUrl ? options.detailUrl.replace('{id}', encodeURIComponent(hit.id)) : resource.url
  const label = (map: LanguageMap | undefined) => textInLanguage(map, options.language)?.text
  const facts = [
    ...(resource.educationalLevel ?? []),
    ...(resource.about ?? []),
    resource.textbookEdition,
    resource.volume,
    ...(resource.learningResourceType ?? []),
  ]
    .map((concept) => label(concept?.prefLabel))
    .filter((fact): fact is string => fact !== undefined)
  const title = renderText(hit.highlights.name, resource.name, options.language)
  const languages = resource.inLanguage.filter((tag) => tag !== 'und')
  return html`
    <article>
      <h2>${address ? html`<a part="title" href=${address} @click=${options.onOpen}>${title}</a>` : title}</h2>
      ${hit.highlights.description || resource.description ? html`<p>${renderText(hit.highlights.description, resource.description, options.language)}</p>` : nothing}
      ${facts.length > 0 ? html`<p class="muted">${[...new Set(facts)].join(' · ')}</p>` : nothing}
      <ul class="badges">
        ${languages.map((tag) => html`<li class="language">${options.nameOfLanguage(tag)}</li>`)}
        ${hit.sources.map((source) => html`<li class="platform" title=${fill(options.messages.heldBy, { names: source.name })}>${source.name}</li>`)}
        ${resource.license?.label ? html`<li>${resource.license.label}</li>` : nothing}
      </ul>
      ${hit.translations ? renderTranslations(hit.translations, options) : nothing}
      ${hit.explanation ? html`<ul class="reasons muted">${hit.explanation.map((reason) => html`<li>${reason.text} <b dir="ltr">+${reason.worth}</b></li>`)}</ul>` : nothing}
    </article>
  `
}

/** The work in its other languages, each a link with its title there. */
function renderTranslations(translations: NonNullable<SearchHit['translations']>, options: SearchHitOptions): TemplateResult {
  const links = translations.map(({ id, name, inLanguage, label }) => {
    const [tag = 'und'] = inLanguage
    const title = textInLanguage(name, tag)?.text ?? id
    if (!options.detailUrl) return html`<li title=${title}>${label}</li>`
    return html`<li><a href=${options.detailUrl.replace('{id}', encodeURIComponent(id))} hreflang=${tag} title=${title}>${label}</a></li>`
  })
  return html`<div class="translations muted">${options.messages.alsoIn} <ul>${links}</ul></div>`
}

function renderText(highlight: Highlight | undefined, map: LanguageMap | undefined, language: string): TemplateResult | typeof nothing {
  if (highlight) {
    const fragments = highlight.fragments.map(({ text, isMatch }) => (isMatch ? html`<mark>${text}</mark>` : text))
    return html`<bdi lang=${highlight.language} dir=${directionOfLanguage(highlight.language)}>${fragments}</bdi>`
  }
  const found = textInLanguage(map, language)
  return found ? html`<bdi lang=${found.language} dir=${directionOfLanguage(found.language)}>${shorten(found.text)}</bdi>` : nothing
}

function shorten(text: string): string {
  const characters = [...text]
  return characters.length > 200 ? `${characters.slice(0, 200).join('')}…` : text
}
