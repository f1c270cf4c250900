import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { configVariables, readConfig } from '../../src/config.js'
import { isServerError } from '../../src/errors.js'

function problemsOf(environment: Record<string, string>) {
  try {
    readConfig(environment)
  } catch (error) {
    if (isServerError(error)) return { message: error.message, errors: error.errors ?? [] }
    throw error
  }
  throw new Error('the configuration was accepted')
}

describe('the configuration', () => {
  it('runs without any variable', () => {
    const config = readConfig({ PATH: '/bin', HOME: '/root' })
    expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, dataDirectory: './data', nodeId: 'localhost', elasticsearchUrls: [] })
    expect(Object.isFrozen(config) && Object.isFrozen(config.allowNetworks)).toBe(true)
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(readConfig({}))
  })

  it('names every mistake at once, each with its variable, its problem and the fix', () => {
    const { errors, message } = problemsOf({
      PORT: '70000',
      EDUFED_PRIVATE: 'maybe',
      EDUFED_ALLOW_NETWORKS: '10.0.0.0/8,10.0.0.0/99',
      EDUFED_LOG_LEVEL: 'loud',
      S3_ACCESS_KEY_ID: 'id',
    })
    expect(errors.map(({ path }) => path).sort()).toEqual([
      'EDUFED_ALLOW_NETWORKS',
      'EDUFED_LOG_LEVEL',
      'EDUFED_PRIVATE',
      'PORT',
      'S3_SECRET_ACCESS_KEY',
    ])
    for (const error of errors) {
      expect(error.message).not.toBe('')
      expect(error.fix).toBeTruthy()
      expect(message).toContain(`${error.path}: ${error.message}`)
    }
    expect(errors.find(({ path }) => path === 'EDUFED_ALLOW_NETWORKS')?.message).toContain("'10.0.0.0/99'")
  })

  it('refuses a misspelt variable and names the nearest one', () => {
    expect(problemsOf({ EDUFED_DATADIR: 'x' }).errors).toEqual([
      { path: 'EDUFED_DATADIR', message: 'there is no such setting', fix: 'Did you mean EDUFED_DATA_DIR?' },
    ])
    expect(problemsOf({ ELASTICSEARCH_URLS: 'http://x' }).errors[0]?.fix).toBe('Did you mean ELASTICSEARCH_URL?')
  })

  it("leaves other programs' variables alone", () => {
    expect(() => readConfig({ EDUFED_TEST_DATABASE_URL: 'x', EDUFED_SHARED_DATA: 'x', S3CMD: 'x', AWS_REGION: 'x' })).not.toThrow()
  })

  it('never prints a secret', () => {
    const secrets = {
      EDUFED_ADMIN_KEY: 'administrator-key-with-many-letters',
      DATABASE_URL: 'postgres://user:hidden-word@host/db',
      ELASTICSEARCH_USERNAME: 'elastic',
      ELASTICSEARCH_PASSWORD: 'hidden-word',
    }
    const config = readConfig(secrets)
    const printed = `${JSON.stringify(config)} ${inspect(config, { depth: 5 })} ${String(config.adminKey)} ${config.databaseUrl}`
    expect(printed).not.toMatch(/hidden-word|administrator-key/)
    expect(config.adminKey?.reveal()).toBe(secrets.EDUFED_ADMIN_KEY)
    expect(problemsOf({ EDUFED_ADMIN_KEY: 'short-secret' }).message).not.toContain('short-secret')
    expect(problemsOf({ ELASTICSEARCH_URL: 'http://elastic:hidden-word@host:9200' }).message).not.toContain('hidden-word')
  })

  it('takes the node id from the public address, unless it is named', () => {
    expect(readConfig({ EDUFED_PUBLIC_URL: 'https://node.example.org/edufed' }).nodeId).toBe('node.example.org')
    expect(readConfig({ EDUFED_PUBLIC_URL: 'https://a.example.org', EDUFED_NODE_ID: 'b.example.org' }).nodeId).toBe('b.example.org')
  })

  it('describes every variable', () => {
    for (const variable of configVariables) {
      expect(variable.env, variable.key).toMatch(/^[A-Z][A-Z0-9_]+$/)
      expect(variable.description, variable.key).toMatch(/^.{20,}$/s)
    }
    expect(new Set(configVariables.map(({ env }) => env)).size).toBe(configVariables.length)
  })

  it('either makes a configuration or says what is wrong, whatever the values are', () => {
    const environment = fc.record(Object.fromEntries(configVariables.map(({ env }) => [env, fc.string()])), { requiredKeys: [] })
    fc.assert(
      fc.property(environment, (values) => {
        try {
          readConfig(values)
        } catch (error) {
          expect(isServerError(error) && error.code).toBe('EDUFED_CONFIG_INVALID')
        }
      }),
      { numRuns: 50 },
    )
  })
})
