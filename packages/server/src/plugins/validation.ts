import { nearestName } from '@edufed/harvester'
import type { FieldProblem } from '@edufed/sdk/schemas'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyServerOptions } from 'fastify'
import type { TSchema } from 'typebox'

const maxFieldProblems = 50

type CompilersFactory = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>

interface ValidatedPart {
  schema: object
  httpPart?: string
}

/** Told of each JSON answer and the schema that documents it; throws when they do not agree. */
export type AnswerCheck = (schema: object, answer: unknown) => void

/**
 * How requests are checked: nothing is dropped or guessed. Bodies must have the types of their schema;
 * addresses and headers are text, so there a number may be written as text and one value may stand for a list of one.
 */
export function createSchemaController(checkAnswer?: AnswerCheck): NonNullable<FastifyServerOptions['schemaController']> {
  return {
    compilersFactory: {
      buildValidator: buildValidator as unknown as CompilersFactory['buildValidator'],
      // Answers are written as they are: a serializer made from a schema would drop what the schema does not name.
      buildSerializer: () => (documented) => (answer: unknown) => {
        checkAnswer?.(documented.schema as object, answer)
        return JSON.stringify(answer)
      },
    },
  }
}

function buildValidator(shared: Record<string, TSchema>) {
  let bodies: Ajv | undefined
  let texts: Ajv | undefined
  return ({ schema, httpPart }: ValidatedPart) =>
    compileAtFirstUse(() => {
      if (httpPart === 'body') {
        bodies ??= createAjv(shared, false)
        return bodies.compile(schema)
      }
      texts ??= createAjv(shared, 'array')
      return texts.compile(schema)
    })
}

/** Compiling every route takes a second, which no start has to wait for. */
function compileAtFirstUse(compile: () => ValidateFunction): Pick<ValidateFunction, 'errors'> & ((data: unknown) => boolean) {
  let compiled: ValidateFunction | undefined
  const validate: ReturnType<typeof compileAtFirstUse> = (data) => {
    compiled ??= compile()
    const isValid = compiled(data)
    validate.errors = compiled.errors
    return isValid
  }
  return validate
}

function createAjv(shared: Record<string, TSchema>, coerceTypes: false | 'array'): Ajv {
  const ajv = new Ajv({ allErrors: true, coerceTypes, removeAdditional: false, useDefaults: true, verbose: true, strict: false })
  addFormats.default(ajv)
  for (const schema of Object.values(shared)) ajv.addSchema(schema)
  return ajv
}

/** What is wrong with a request, field by field, in words for the one who sent it. */
export function toFieldProblems(errors: readonly ErrorObject[], part: string | undefined): FieldProblem[] {
  return errors.slice(0, maxFieldProblems).map((error) => toFieldProblem(error, part === 'body' || part === undefined))
}

function toFieldProblem(error: ErrorObject, isBody: boolean): FieldProblem {
  const { keyword, params, parentSchema } = error
  if (keyword === 'additionalProperties') {
    const known = Object.keys(parentSchema?.properties ?? {})
    const name = String(params.additionalProperty)
    const nearest = nearestName(name, known)
    return {
      path: pathOf(error, isBody, name),
      message: isBody ? 'there is no such field' : 'there is no such parameter',
      fix: nearest ? `Did you mean ${nearest}?` : `Leave it out; there are ${known.join(', ')}`,
    }
  }
  if (keyword === 'required') {
    const name = String(params.missingProperty)
    const description = (parentSchema?.properties?.[name] as { description?: string } | undefined)?.description
    return { path: pathOf(error, isBody, name), message: 'is missing', fix: description ? `Add it: ${description}` : 'Add it' }
  }
  const description = typeof parentSchema?.description === 'string' ? parentSchema.description : undefined
  const path = pathOf(error, isBody)
  if (keyword === 'enum') {
    const allowed = params.allowedValues as unknown[]
    const nearest = typeof error.data === 'string' ? nearestName(error.data, allowed.map(String)) : undefined
    return { path, message: `must be one of ${allowed.join(', ')}`, fix: nearest ? `Did you mean ${nearest}?` : 'Use one of these' }
  }
  return { path, message: error.message ?? 'is not valid', fix: description ?? 'Correct the value' }
}

/** A JSON Pointer into a body; the plain name of a parameter. */
function pathOf(error: ErrorObject, isBody: boolean, child?: string): string {
  const pointer = child === undefined ? error.instancePath : `${error.instancePath}/${child.replaceAll('~', '~0').replaceAll('/', '~1')}`
  if (isBody) return pointer === '' ? '/' : pointer
  return pointer.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? ''
}
