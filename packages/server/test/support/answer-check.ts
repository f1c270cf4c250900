import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { namedSchemas, toReferences } from '../../src/plugins/named-schemas.js'
import type { AnswerCheck } from '../../src/plugins/validation.js'

/** Holds every answer of a test server against the schema that documents it. */
export function createAnswerCheck(): AnswerCheck {
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  for (const schema of namedSchemas) ajv.addSchema(schema)
  const compiled = new Map<object, ReturnType<Ajv['compile']>>()
  return (schema, answer) => {
    const { $id: _, ...anonymous } = toReferences(schema) as Record<string, unknown>
    const check = compiled.get(schema) ?? ajv.compile(anonymous)
    compiled.set(schema, check)
    // What is sent is what JSON keeps of the answer.
    if (check(JSON.parse(JSON.stringify(answer)))) return
    throw new Error(`The answer is not as documented: ${ajv.errorsText(check.errors)}`)
  }
}
