/** Characters that a terminal shows two columns wide. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]$/u

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += widthOfCharacter(character)
  return width
}

/** The text in exactly so many columns: cut with an ellipsis, or filled with spaces. Line breaks and control characters become spaces. */
export function fit(text: string, columns: number): string {
  const line = cut(text, columns)
  return line + ' '.repeat(Math.max(0, columns - widthOf(line)))
}

/** The text in at most so many columns, on one line. */
export function cut(text: string, columns: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
  if (widthOf(line) <= columns) return line
  let kept = ''
  let width = 0
  for (const character of line) {
    width += widthOfCharacter(character)
    if (width > columns - 1) break
    kept += character
  }
  return `${kept}…`
}

/** The text in lines of at most so many columns, broken at spaces where there are some. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<=\s)/)) {
    for (const piece of widthOf(word) > columns ? word : [word]) {
      if (widthOf(line + piece.trimEnd()) > columns) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += piece
    }
  }
  return [...lines, line.trimEnd()]
}

function widthOfCharacter(character: string): number {
  if (invisible.test(character)) return 0
  return wide.test(character) ? 2 : 1
}
