import type { ClientBase } from 'pg'

/** False on a standby: what is written there would only be refused. */
export async function takesWrites(client: Pick<ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await client.query<{ readonly is: boolean }>('select not pg_is_in_recovery() as is')
  return rows[0]?.is === true
}
