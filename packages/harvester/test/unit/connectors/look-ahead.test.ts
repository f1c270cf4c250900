import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDatestamp, parseDatestamp } from '../../../src/connectors/oai-pmh/datestamp.js'
import { LookAhead, peekToken } from '../../../src/connectors/oai-pmh/look-ahead.js'

const page = (token: string, end = '</ListRecords></OAI-PMH>\n') =>
  Buffer.from(`<OAI-PMH><ListRecords><record/><resumptionToken completeListSize="9">${token}</resumptionToken>${end}`)

describe('the token at the end of a page', () => {
  it('is seen when it is plainly written', () => {
    expect(peekToken(page('\n abc/|:=1 '))).toBe('abc/|:=1')
  })

  it.each([
    ['the page is cut off', page('abc', '</ListRecords></OAI-')],
    ['it has a reference, which must be decoded', page('a&amp;b')],
    ['it is empty', page('')],
    ['it stands in CDATA', page('<![CDATA[abc]]>')],
    ['there is none', Buffer.from('<OAI-PMH></OAI-PMH>')],
  ])('is left alone when %s', (_, body) => {
    expect(peekToken(body)).toBeUndefined()
  })
})

describe('looking ahead', () => {
  const make = (depth: number) => {
    const asked: string[] = []
    const ahead = new LookAhead<string>(depth, async (url) => {
      asked.push(url)
      return `answer ${url}`
    })
    return { asked, ahead }
  }

  it('asks for no more pages than may wait, and for the next when one is taken', async () => {
    const { asked, ahead } = make(2)
    for (const url of ['1', '2', '3']) ahead.goOn(url)
    expect(asked).toEqual(['1', '2'])
    expect(await ahead.take('1')).toBe('answer 1')
    expect(asked).toEqual(['1', '2', '3'])
  })

  it('drops what was asked for when another list is read', async () => {
    const { ahead } = make(2)
    ahead.goOn('1')
    expect(ahead.take('other')).toBeUndefined()
    expect(ahead.take('1')).toBeUndefined()
  })
})

describe('a datestamp', () => {
  it('counts as one exactly when it can be read', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[12]\d{3}-[01]\d-[0-3]\d(T[0-2]\d:[0-6]\d:[0-6]\dZ)?$/),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    )
    fc.assert(fc.property(text, (written) => isDatestamp(written) === (parseDatestamp(written) !== undefined)))
  })
})
