import type { ClientBase, Pool } from 'pg'

/*
 * Everything that the program says to a Citus cluster as such. What is in a cell is written and read by the same statements wherever the cell is.
 */

type Sender = Pick<ClientBase, 'query'>

/** Whether this connection is to the coordinator of a cluster that has nodes to place schemas on. */
export async function isCoordinator(sender: Sender): Promise<boolean> {
  const { rows } = await sender.query<{ there: boolean }>(`select to_regclass('pg_dist_node') is not null as there`)
  if (!rows[0]?.there) return false
  const workers = await sender.query(
    `select from pg_dist_node where groupid <> 0 and noderole = 'primary' and shouldhaveshards and isactive
       and exists (select from pg_dist_local_group where groupid = 0) limit 1`,
  )
  return workers.rowCount === 1
}

/** Gives a schema with its tables to the cluster, which places it whole on one node. Already given: nothing changes. */
export async function distributeSchema(sender: Sender, name: string): Promise<void> {
  await sender.query('set citus.enable_unsafe_triggers = on')
  await sender.query('select citus_schema_distribute($1::regnamespace)', [name])
}

export type ClusterNode = { readonly host: string; readonly port: number }

/** The node that holds a schema; undefined when the cluster does not place it. Asked of any node. */
export async function findNodeOf(sender: Pick<Pool, 'query'>, schema: string): Promise<ClusterNode | undefined> {
  const { rows } = await sender.query<ClusterNode>(
    `select n.nodename as host, n.nodeport as port
     from pg_dist_schema s
     join pg_dist_partition t on t.colocationid = s.colocationid
     join pg_dist_shard h on h.logicalrelid = t.logicalrelid
     join pg_dist_placement p on p.shardid = h.shardid
     join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
     where s.schemaid = to_regnamespace($1) limit 1`,
    [schema],
  )
  return rows[0]
}

/** Lets what a transaction sets for itself hold on the nodes as well that its statements are handed on to. */
export async function handOnSettings(sender: Sender): Promise<void> {
  await sender.query(`set citus.propagate_set_commands = 'local'`)
}

/** How much the tables of the current schema take on the node that holds them; undefined: no cluster places it. */
export async function readPlacedBytes(sender: Sender): Promise<bigint | undefined> {
  const { rows: catalogs } = await sender.query<{ there: boolean }>(
    `select to_regclass('pg_dist_schema') is not null as there`,
  )
  if (!catalogs[0]?.there) return undefined
  const { rows } = await sender.query<{ bytes: bigint | null }>(
    `select sum(citus_total_relation_size(t.logicalrelid))::bigint as bytes
     from pg_dist_schema s join pg_dist_partition t on t.colocationid = s.colocationid
     where s.schemaid = current_schema()::regnamespace`,
  )
  return rows[0]?.bytes ?? undefined
}
