import { clean } from './clean.ts'

const widestCell = 64
const gap = '  '

/**
 * Columns as wide as their widest cell, without trailing blanks. Cells are cleaned and cut; wide characters may push what
 * follows them to the right. `right` names the columns of numbers.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string[] {
  const cells = [head, ...rows].map((row) => row.map(cell))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => lengthOf(row[column] ?? ''))))
  const isRight = head.map((name) => right.includes(name))
  return cells.map((row) =>
    row
      .map((text, column) => pad(text, widths[column] ?? 0, isRight[column] === true))
      .join(gap)
      .trimEnd(),
  )
}

/** `name  value` lines. */
export function facts(entries: readonly (readonly [string, string | null | undefined])[]): string[] {
  const given = entries.flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value]]))
  const width = Math.max(0, ...given.map(([name = '']) => name.length))
  return given.map(([name = '', value = '']) => `${name.padEnd(width)}${gap}${clean(value)}`.trimEnd())
}

function cell(text: string): string {
  const characters = [...clean(text)]
  return characters.length > widestCell ? `${characters.slice(0, widestCell - 1).join('')}…` : characters.join('')
}

function lengthOf(text: string): number {
  return [...text].length
}

function pad(text: string, width: number, isRight: boolean): string {
  const blanks = ' '.repeat(width - lengthOf(text))
  return isRight ? blanks + text : text + blanks
}
