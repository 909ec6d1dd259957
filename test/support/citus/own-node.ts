import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { type OwnPostgres, startOwnPostgres } from '../own-postgres.ts'
import { inDatabase } from '../server.ts'
import { withClient } from './cells.ts'

export type OwnNode = Pick<OwnPostgres, 'kill' | 'start' | 'stop'> & { readonly host: string; readonly port: number }

/**
 * A node more for one database of a cluster, so that it can be killed without anybody else's harm. It is a process of this machine, of the cluster's own
 * programs; undefined when these are not here.
 */
export async function startOwnNode(coordinator: string, folder: string): Promise<OwnNode | undefined> {
  const bin = await programsOf(coordinator)
  if (bin === undefined) return undefined
  const [host, port] = ['127.0.0.1', await freePort()]
  const settings = [
    'shared_preload_libraries=citus',
    'citus.enable_unsafe_triggers=on',
    'citus.node_conninfo=sslmode=disable',
    'max_prepared_transactions=100',
    'fsync=on',
  ]
  const server = await startOwnPostgres(bin, folder, port, { settings })
  try {
    await addTo(coordinator, { host, port, url: server.url })
  } catch (error) {
    await server.stop()
    throw error
  }
  return { host, port, ...server }
}

async function addTo(
  coordinator: string,
  { host, port, url }: { readonly host: string; readonly port: number; readonly url: string },
): Promise<void> {
  const name = new URL(coordinator).pathname.slice(1)
  await withClient(url, (admin) => admin.query(`create database ${name} template template0 encoding 'UTF8'`))
  await withClient(inDatabase(url, name), (admin) => admin.query('create extension citus'))
  await withClient(coordinator, async (client) => {
    // A copy still knows by its number the database that it is a copy of, and would have the new node know it.
    await client.query(`delete from pg_dist_object where classid = 'pg_database'::regclass`)
    await client.query('select citus_add_node($1, $2)', [host, port])
  })
}

async function programsOf(coordinator: string): Promise<string | undefined> {
  if (!['localhost', '127.0.0.1'].includes(new URL(coordinator).hostname)) return undefined
  const { rows } = await withClient(coordinator, (client) =>
    client.query<{ bin: string }>(`select setting as bin from pg_config where name = 'BINDIR'`),
  )
  const bin = rows[0]?.bin ?? ''
  const isHere = await Promise.all(['initdb', 'postgres'].map((name) => access(join(bin, name)))).catch(() => undefined)
  return isHere && bin
}
