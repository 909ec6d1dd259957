import type { Sources } from './source-files.ts'

/**
 * Who may know a merchant API by its name: its own folder, what puts the program together or is typed by hand, and the widget, whose element
 * and addresses stand in shops' pages under that name.
 */
const mayName = /^src\/(protocols|main|cli|web\/widget)\//

/** Code that speaks of one merchant API where it should ask the profile or a fact of the payment, as `path:line`. Comments may name examples. */
export function protocolNames(sources: Sources, names: readonly string[]): readonly string[] {
  const named = new RegExp(names.join('|'), 'i')
  return [...sources]
    .filter(([path]) => path.startsWith('src/') && !path.endsWith('.test.ts') && !mayName.test(path))
    .flatMap(([path, source]) =>
      withoutComments(source)
        .split('\n')
        .flatMap((line, at) => (named.test(line) ? [`${path}:${at + 1}`] : [])),
    )
}

/** Comments become empty lines, so that the line numbers stay. */
function withoutComments(source: string): string {
  const blank = (comment: string): string => comment.replace(/[^\n]/g, '')
  return source.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|\s)\/\/[^\n]*/g, '$1')
}
