import type { ResourceField } from '../resource-fields.js'

/** A value of the source by its path, or the same text for every record. */
export type MappingPart = string | { constant: string }

interface RuleOptions<Table extends string> {
  /** What separates several values in one text. The marks that are usual for the field when absent. */
  split?: string
  /** Name of the vocabulary table that says what the values mean. */
  vocabulary?: NoInfer<Table>
  /** Language of the text, e.g. `ug-Arab`, where the source does not tell it. */
  language?: string
}

/** Where the values of a field come from. */
export type MappingRule<Table extends string = string> = RuleOptions<Table> &
  (
    | {
        /** Path, or several whose values are all taken. */
        from: string | readonly string[]
      }
    | {
        /** The first of these that has a value. */
        firstOf: readonly MappingPart[]
      }
    | {
        /** The first values of these, put together in one text. Without any value of the source there is none. */
        join: readonly MappingPart[]
        /** What stands between them. @default a space */
        with?: string
      }
    | {
        /** The same for every record. */
        constant: string
      }
  )

/**
 * What the values of a source mean: raw value → code. For coded fields (subject, grade, type …) a code of the field's vocabulary, or of another as
 * `audience:teacher`; for other fields the text to use instead. Several codes are a list; `null` is a value that is known to mean nothing.
 */
export type VocabularyTable = Readonly<Record<string, string | readonly string[] | null>>

/** The rules of one field: a path, a rule, or several that all count. */
export type FieldRules<Table extends string = string> = string | MappingRule<Table> | readonly (string | MappingRule<Table>)[]

/**
 * How the records of a source become resources, as data. The same for tables, JSON and XML; what differs is only how a path is written:
 * the name of a column, `tags.name`, `general.title` (elements without prefix), `link.@href` (an attribute), `**.title` (wherever it stands).
 */
export interface Mapping<Table extends string = string> {
  /** A mapping that is built in; what is given here replaces its rules, field by field. */
  extends?: string
  name?: string
  version?: string
  /** Language of the resources where nothing else tells it, e.g. `zh-Hans`. */
  language?: string
  fields?: Readonly<Partial<Record<ResourceField, FieldRules<Table>>>>
  vocabularies?: Readonly<Record<Table, VocabularyTable>>
  /** Keep values that no rule reads among the source's own words. @default false */
  keepOthers?: boolean
}
