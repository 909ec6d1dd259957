import { mentionsOf, type Sources } from './source-files.ts'

/** Started by somebody, imported by nobody. */
const entryPoints =
  /^(src\/(cli\/tercet|web\/prepare)\.js|bench\/|test\/(run|run-citus|update|simulation\/crash|attack\/attack)\.ts$|[^/]+\.ts$)|\.(test|d)\.ts$/

/** Files that nobody imports. A file that only its own unit test knows is unused as well. */
export function unusedFiles(sources: Sources): readonly string[] {
  const used = new Set<string>()
  for (const [path, source] of sources) {
    for (const mention of mentionsOf(path, source))
      if (mention !== subjectOf(path) && mention !== path) used.add(mention)
  }
  return [...sources.keys()].filter((path) => !entryPoints.test(path) && !used.has(path))
}

const exported = /^export (?:async )?(?:const|function|class) (\w+)/gm

/** Values of the program that are exported for nobody, as `path: name`. Types are not looked at: they belong to their values. */
export function unusedExports(sources: Sources): readonly string[] {
  const users = new Map<string, number>()
  for (const source of sources.values())
    for (const word of new Set(source.match(/\w+/g))) users.set(word, (users.get(word) ?? 0) + 1)
  return [...sources]
    .filter(([path]) => path.startsWith('src/'))
    .flatMap(([path, source]) => [...source.matchAll(exported)].map(([, name = '']) => ({ path, name })))
    .filter(({ name }) => users.get(name) === 1)
    .map(({ path, name }) => `${path}: ${name}`)
}

// Put together from parts, so that this file does not find itself.
const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`)
const switches = new RegExp(
  `\\.(on${'ly'}|sk${'ip'}|to${'do'})\\s*\\(|\\b(on${'ly'}|sk${'ip'}|to${'do'}):\\s*(true|['"\`])`,
)
const query = /['"`]\s*(select\s[^'"`]*\sfrom\s|insert into\s|update\s+\w+\s+set\s|delete from\s)/

/** Unfinished work, switched-off tests, and SQL outside its folder, as `path:line: what`. */
export function leftovers(sources: Sources): readonly string[] {
  return [...sources].flatMap(([path, source]) => {
    const isTest = path.startsWith('test/') || path.endsWith('.test.ts')
    const isOutsideDb = path.startsWith('src/') && !path.startsWith('src/db/') && !isTest
    return [
      ...hits(path, source, marks, 'unfinished'),
      ...(isTest ? hits(path, source, switches, 'a test that is switched off, or the only one on') : []),
      ...(isOutsideDb ? hits(path, source, query, 'SQL outside src/db') : []),
    ]
  })
}

function hits(path: string, source: string, pattern: RegExp, what: string): readonly string[] {
  return source.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${what}`] : []))
}

/** `money.test.ts` is the unit test of `money.ts`. */
function subjectOf(path: string): string {
  return path.replace(/\.test\.ts$/, '.ts')
}
