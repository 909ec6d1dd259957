import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import type { ClusterNode } from '../../../src/db/cell/cluster.ts'
import { inDatabase } from '../server.ts'
import { withClient } from './cells.ts'

/*
 * A cell takes seconds to make. So a run makes a database of the cluster with cells in it once, and each test has a copy: a cluster is what the
 * databases of one name on all of its nodes say, and PostgreSQL copies each of those in a tenth of a second.
 */

/** Makes a database of the cluster on each node, fills it, and closes it: from then on it can be copied. Answers how to drop it. */
export async function makeClusterTemplate(
  coordinator: string,
  name: string,
  fill: (url: string) => Promise<void>,
): Promise<() => Promise<void>> {
  const nodes = await nodesOf(coordinator)
  const url = inDatabase(coordinator, name)
  await onEach(nodes, coordinator, (admin) => admin.query(`create database ${name}`))
  await onEach(nodes, url, (admin) => admin.query('create extension citus'))
  await withClient(url, async (client) => {
    const [first, ...others] = nodes
    await client.query('select citus_set_coordinator_host($1, $2)', [first?.host, first?.port])
    for (const { host, port } of others) await client.query('select citus_add_node($1, $2)', [host, port])
  })
  await fill(url)
  await onEach(nodes, coordinator, (admin) => close(admin, name))
  return () => dropEverywhere(nodes, coordinator, name)
}

/** A copy of a template that `makeClusterTemplate` has made: where its coordinator is, and how it is dropped again, whoever is still connected. */
export async function copyClusterTemplate(
  coordinator: string,
  template: string,
): Promise<{ readonly coordinator: string; readonly drop: () => Promise<void> }> {
  const nodes = await nodesOf(coordinator)
  const name = `test_${randomBytes(8).toString('hex')}`
  await onEach(nodes, coordinator, (admin) => admin.query(`create database ${name} template ${template}`))
  return { coordinator: inDatabase(coordinator, name), drop: () => dropEverywhere(nodes, coordinator, name) }
}

/** The nodes of a cluster, the coordinator first. */
async function nodesOf(coordinator: string): Promise<readonly ClusterNode[]> {
  const { hostname: host, port } = new URL(coordinator)
  return await withClient(coordinator, async (client) => {
    const { rows } = await client.query<ClusterNode>(
      `select nodename as host, nodeport as port from pg_dist_node where noderole = 'primary' and groupid <> 0 order by groupid`,
    )
    return [{ host, port: Number(port || 5432) }, ...rows]
  })
}

async function onEach(
  nodes: readonly ClusterNode[],
  coordinator: string,
  work: (client: Client) => Promise<unknown>,
): Promise<void> {
  await Promise.all(nodes.map((node) => withClient(onNode(coordinator, node), work)))
}

function onNode(coordinator: string, { host, port }: ClusterNode): string {
  const url = new URL(coordinator)
  url.host = `${host}:${port}`
  return url.href
}

/** PostgreSQL copies and drops no database that anybody is connected to, and the nodes of Citus ask each other about theirs all the time. */
async function close(admin: Client, name: string): Promise<void> {
  await admin.query(`alter database ${name} allow_connections false`)
  const endOthers = 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1'
  for (const end = performance.now() + 60_000; (await admin.query(endOthers, [name])).rowCount !== 0; await pause(20))
    assert(performance.now() < end, `somebody is connected to ${name}`)
}

async function dropEverywhere(nodes: readonly ClusterNode[], coordinator: string, name: string): Promise<void> {
  await onEach(nodes, coordinator, (admin) => close(admin, name))
  await onEach(nodes, coordinator, (admin) => admin.query(`drop database ${name} with (force)`))
}
