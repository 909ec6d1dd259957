import assert from 'node:assert/strict'
import type { Client } from 'pg'
import { createSchema } from '../../../src/db/cell/cell-schema.ts'
import { migrate } from '../../../src/db/migrate/migrate.ts'
import { type ClusterNode, distributeSchema, findNodeOf } from '../../../src/db/wire/cluster.ts'
import { connectClient } from '../../../src/db/wire/connection.ts'
import { onNodeOf } from '../../../src/db/wire/placed-url.ts'
import { inSchema } from '../../../src/db/wire/schema-url.ts'

/** The coordinator of a Citus cluster; `npm run test:citus` has the suites use it. */
export function citusUrl(): string | undefined {
  return process.env.TERCET_TEST_CITUS
}

/** A fresh cell that the cluster places. Its URL leads to the node that holds it. */
export async function makeCitusCell(coordinator: string, name: string): Promise<string> {
  const tables = inSchema(coordinator, name)
  await withClient(tables, async (client) => {
    await createSchema(client, name)
    await migrate(client)
    await distributeSchema(client, name)
  })
  return onNodeOf(tables, name)
}

/** How a schema is moved: its writers wait or fail meanwhile, or go on until the last moment. */
export type SchemaMove = 'block_writes' | 'force_logical'

/** Moves a schema to a node that does not hold it, as an operator does. Answers the node. */
export async function moveSchema(
  coordinator: string,
  name: string,
  mode: SchemaMove = 'block_writes',
): Promise<ClusterNode> {
  return await withClient(coordinator, async (client) => {
    const from = await findNodeOf(client, name)
    assert(from, `the cluster places ${name}`)
    const { rows } = await client.query<ClusterNode>(
      `select nodename as host, nodeport as port from pg_dist_node
       where noderole = 'primary' and shouldhaveshards and (nodename, nodeport) <> ($1, $2) order by nodeid limit 1`,
      [from.host, from.port],
    )
    const [to] = rows
    assert(to, 'the cluster has another node')
    await client.query('select citus_schema_move($1::regnamespace, $2, $3, $4)', [name, to.host, to.port, mode])
    return to
  })
}

/** Works on a connection to the node that holds a schema. */
export async function onNodeThatHolds<T>(
  coordinator: string,
  name: string,
  work: (node: Client) => Promise<T>,
): Promise<T> {
  return await withClient(onNodeOf(inSchema(coordinator, name), name), work)
}

/** Works on a connection of its own. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connectClient(url, {
    ...{ statementTimeoutMs: 0, connectTimeoutMs: 20_000, applicationName: 'test' },
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
