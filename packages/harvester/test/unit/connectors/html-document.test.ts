import { describe, expect, it } from 'vitest'
import { loadHtml } from '../../../src/connectors/html-document.js'

const head = '<html><head><meta name="dc.title" content="x"></head><body>'

describe('a web page', () => {
  it.each([
    ['open elements', '<div>'.repeat(400_000)],
    ['elements that are closed under another name', '<div></span>'.repeat(200_000)],
    ['list items and paragraphs in turn', '<li><p>'.repeat(200_000)],
    ['scripts without an end', '<script>'.repeat(200_000)],
    ['elements of many names', Array.from({ length: 100_000 }, (_, number) => `<x${number}>`).join('')],
  ])('with hundreds of thousands of %s is read up to where they are too deep, in short time', (_, body) => {
    const started = performance.now()
    const { $ } = loadHtml(head + body)
    expect($('meta[content]')).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('is read whole when it is long, and when its script writes markup', () => {
    const lists = `<ul>${'<li>a<b>b</b><br>'.repeat(20_000)}</ul>`
    const script = `<script>${'document.write("<div>")\n'.repeat(5000)}</script>`
    const { $, isCut } = loadHtml(`${head}${lists}${script}${'<p><b>x</b>'.repeat(5000)}<a href="end">`)
    expect(isCut).toBe(false)
    expect($('a[href="end"]')).toHaveLength(1)
  })
})
