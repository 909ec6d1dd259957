/** What a semicolon inside of is no end of a statement: strings, names, dollar-quoted bodies, comments. */
const tokens =
  /\b[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|--[^\n]*|\/\*[\s\S]*?\*\/|;|[\s\S]/g

/**
 * The statements of a file, each by itself: a cluster hands on a change of a table as the whole text it came in. Comments inside a comment and
 * `begin atomic` are not understood, and no migration has them.
 */
export function statementsOf(sql: string): readonly string[] {
  const statements: string[] = []
  let statement = ''
  let isEmpty = true
  for (const [token] of sql.matchAll(tokens)) {
    if (token !== ';') {
      statement += token
      isEmpty &&= /^(?:\s|--|\/\*)/.test(token)
      continue
    }
    if (!isEmpty) statements.push(statement.trim())
    statement = ''
    isEmpty = true
  }
  return isEmpty ? statements : [...statements, statement.trim()]
}
