import Type, { type Static } from 'typebox'

/**
 * A text in one or more languages, keyed by BCP 47 tag with its script
 * (`zh-Hans`, `ug-Arab`, `kk-Cyrl`, `mn-Mong`, `bo`; `und` when the source did not say).
 *
 * @see {@link https://www.rfc-editor.org/info/bcp47}
 */
export const LanguageMap = Type.Record(Type.String({ pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' }), Type.String({ minLength: 1 }), {
  additionalProperties: false,
  description: 'A text by BCP 47 language tag, e.g. {"zh-Hans": "数学", "ug-Arab": "ماتېماتىكا"}',
})
export type LanguageMap = Static<typeof LanguageMap>
