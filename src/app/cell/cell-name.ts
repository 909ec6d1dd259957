/** The form of a cell's name, which is its schema's too. */
export function isCellName(name: string): boolean {
  return /^[a-z][a-z0-9_]{0,30}$/.test(name)
}
