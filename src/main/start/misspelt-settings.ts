import type { Environment } from '../config.ts'

/** What a server reads under its own prefix. */
const settings = [
  ...['TERCET_ANVIL', 'TERCET_CELLS', 'TERCET_DATA', 'TERCET_DOCS', 'TERCET_LOG', 'TERCET_METRICS', 'TERCET_MODE'],
  ...['TERCET_PATIENCE_MS', 'TERCET_PREVIOUS_SECRET_KEYS', 'TERCET_REQUESTS', 'TERCET_SECRET_KEY', 'TERCET_TLS_PROXY'],
  'TERCET_WORKERS',
]

/**
 * Names in the environment that are no setting and look like one: `TERCET_METRIC=0` would leave the metrics open, and nothing would say so. Names
 * that commands and tests read are unlike enough.
 */
export function misspeltSettings(env: Environment): { readonly name: string; readonly meant: string }[] {
  return Object.keys(env).flatMap((name) => {
    if (!name.startsWith('TERCET_') || name.length > 40 || settings.includes(name)) return []
    const meant = settings.find((known) => distance(known, name) <= 2)
    return meant === undefined ? [] : [{ name, meant }]
  })
}

/** How many letters must be added, left out or changed to make one word of the other. */
function distance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1]
    for (const [column, otherLetter] of [...other].entries()) {
      const changed = (above[column] ?? 0) + (letter === otherLetter ? 0 : 1)
      line.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1))
    }
    above = line
  }
  return above.at(-1) ?? 0
}
