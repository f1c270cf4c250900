import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toLicense } from '../../../src/quality/license.js'
import { matchConcept } from '../../../src/vocabularies/index.js'

const cc = 'https://creativecommons.org'

describe('a licence', () => {
  it.each([
    ['http://creativecommons.org/licenses/by/4.0', `${cc}/licenses/by/4.0/`],
    ['https://creativecommons.org/licenses/by/4.0/legalcode.zh-hans', `${cc}/licenses/by/4.0/`],
    ['https://www.creativecommons.org/licenses/by-sa/4.0/deed.zh', `${cc}/licenses/by-sa/4.0/`],
    ['creativecommons.org/licenses/by-nc-nd/2.5/in/', `${cc}/licenses/by-nc-nd/2.5/in/`],
    ['http://creativecommons.org/licenses/by-nc-sa/3.0/us/deed.en', `${cc}/licenses/by-nc-sa/3.0/us/`],
    ['This is under <a href="https://creativecommons.org/licenses/by/4.0/">CC</a>.', `${cc}/licenses/by/4.0/`],
    ['CC BY-SA 4.0', `${cc}/licenses/by-sa/4.0/`],
    ['cc-by-40', `${cc}/licenses/by/4.0/`],
    ['CC-BY-ND-NC-2.0', `${cc}/licenses/by-nc-nd/2.0/`],
    ['Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International', `${cc}/licenses/by-nc-sa/4.0/`],
    ['知识共享 署名-相同方式共享 4.0 国际', `${cc}/licenses/by-sa/4.0/`],
    ['CC0', `${cc}/publicdomain/zero/1.0/`],
    ['CC0 1.0 Universal', `${cc}/publicdomain/zero/1.0/`],
    ['http://creativecommons.org/publicdomain/zero/1.0/', `${cc}/publicdomain/zero/1.0/`],
    ['https://creativecommons.org/publicdomain/mark/1.0/', `${cc}/publicdomain/mark/1.0/`],
    ['Public Domain', `${cc}/publicdomain/mark/1.0/`],
    ['公有领域', `${cc}/publicdomain/mark/1.0/`],
    ['GFDL', 'https://www.gnu.org/licenses/fdl.html'],
    ['GNU Free Documentation License, Version 1.2', 'https://www.gnu.org/licenses/old-licenses/fdl-1.2.html'],
  ])('%s is %s', (raw, id) => {
    const license = toLicense(raw)
    expect(license).toMatchObject({ id, raw })
    expect(toLicense(id).id).toBe(id)
  })

  it.each([
    ['cc by'],
    ['CC BY 9.0'],
    ['CC BY-ND-SA 4.0'],
    ['All rights reserved'],
    ['版权所有'],
    ['free for schools'],
    ['https://a.example/licenses/by/4.0/'],
    ['https://creativecommons.org/licenses/by/4.0/ or https://creativecommons.org/licenses/by-nc/4.0/'],
    ['occupation by 4.0'],
    [''],
  ])('%s is not known, and not open', (raw) => expect(toLicense(raw)).toMatchObject({ id: null, raw }))

  it('has a concept for labels', () => {
    for (const raw of ['CC BY 4.0', 'CC0', 'public domain', 'GFDL']) expect(matchConcept('license', toLicense(raw).id ?? '')).toBeDefined()
  })

  it('keeps the words whatever they are', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (raw) => void expect(toLicense(raw).raw).toBe(raw)))
  })
})
