/**
 * The same database, with everything in one schema of it: no statement of the program names a schema. `name` is one that the
 * table of cells takes (small letters, digits, underscores), so that it needs no quotes.
 */
export function inSchema(url: string, name: string): string {
  const parsed = new URL(url)
  const own = parsed.searchParams.get('options')
  parsed.searchParams.set('options', [...(own ? [own] : []), `-c search_path=${name}`].join(' '))
  // The driver reads %20, not the + that URLSearchParams writes for a blank.
  parsed.search = parsed.search.replaceAll('+', '%20')
  return parsed.href
}
