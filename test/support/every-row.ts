import type pg from 'pg'

/** Everything in every table, as text; binary columns both as PostgreSQL shows them and as the text they may hold. */
export async function everyRow(pool: pg.Pool): Promise<{ name: string; text: string }[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = current_schema()`,
  )
  const found: { name: string; text: string }[] = []
  // One after the other: all at once would wait for a connection longer than a pool lets them.
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    const text = rows.map(({ row }) => row).join('\n')
    found.push({ name: `table ${name}`, text: `${text}\n${fromHex(text)}` })
  }
  return found
}

function fromHex(text: string): string {
  const binary = [...text.matchAll(/\\x([0-9a-f]+)/g)].map((match) => match[1] as string)
  return binary.map((hex) => Buffer.from(hex, 'hex').toString('latin1')).join('\n')
}
