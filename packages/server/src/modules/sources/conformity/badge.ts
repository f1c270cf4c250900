/** A small picture of a score for the source's own pages. Plain SVG: no font file, no script, nothing from elsewhere. */
export function toBadge(score: number | undefined): string {
  const label = 'conformity'
  const value = score === undefined ? 'unknown' : `${score}/100`
  const color = score === undefined ? '#5b6470' : score >= 90 ? '#1d6b33' : score >= 70 ? '#7a5c00' : '#a3231a'
  const [left, right] = [78, 62]
  const text = (content: string, x: number) => `<text x="${x}" y="14" text-anchor="middle">${content}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}: ${value}">`,
    `<title>${label}: ${value}</title>`,
    `<rect width="${left}" height="20" fill="#37424f"/><rect x="${left}" width="${right}" height="20" fill="${color}"/>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${text(label, left / 2)}${text(value, left + right / 2)}</g>`,
    '</svg>',
  ].join('')
}
