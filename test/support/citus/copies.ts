import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import type { ClusterNode } from '../../../src/db/wire/cluster.ts'
import { connectClient } from '../../../src/db/wire/connection.ts'
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
  const name = `${ofRun(template)}_${randomBytes(8).toString('hex')}`
  await onEach(nodes, coordinator, (admin) => admin.query(`create database ${name} template ${template}`))
  return { coordinator: inDatabase(coordinator, name), drop: () => dropEverywhere(nodes, coordinator, name) }
}

/**
 * Begins a run: until `end`, its databases are nobody else's to drop. Those of runs that ended without doing so are dropped first. A run is known by the
 * name of a connection that it holds: that is seen from every database of the server, and is gone when the process is.
 */
export async function beginRun(
  coordinator: string,
): Promise<{ readonly name: string; readonly end: () => Promise<void> }> {
  const name = `tercet_test_${randomBytes(4).toString('hex')}`
  const holder = await connectClient(coordinator, { statementTimeoutMs: 0, applicationName: name })
  const nodes = await nodesOf(coordinator)
  // One after the other: two would drop the same.
  await holder.query(`select pg_advisory_lock(hashtext('tercet test runs'))`)
  // Listed before the runs are: a run holds its connection before it makes a database.
  const there = await onEach(nodes, coordinator, listDatabases)
  const { rows } = await holder.query<{ run: string }>('select distinct application_name as run from pg_stat_activity')
  const living = new Set(rows.map(({ run }) => run))
  for (const [index, names] of there.entries())
    for (const dead of names.filter((each) => !living.has(ofRun(each))))
      await onEach(nodes.slice(index, index + 1), coordinator, (admin) => drop(admin, dead))
  await holder.query('select pg_advisory_unlock_all()')
  return { name, end: () => holder.end() }
}

/** `tercet_test_1a2b3c4d` of each name that is made in a run. */
function ofRun(database: string): string {
  return database.split('_', 3).join('_')
}

async function listDatabases(admin: Client): Promise<readonly string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `select datname as name from pg_database where datname ~ '^tercet_test_[0-9a-f]{8}_'`,
  )
  return rows.map(({ name }) => name)
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

async function onEach<T>(
  nodes: readonly ClusterNode[],
  coordinator: string,
  work: (client: Client) => Promise<T>,
): Promise<readonly T[]> {
  return await Promise.all(nodes.map((node) => withClient(onNode(coordinator, node), work)))
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
  // On all before it is gone from any: they ask each other.
  await onEach(nodes, coordinator, (admin) => close(admin, name))
  await onEach(nodes, coordinator, (admin) => drop(admin, name))
}

async function drop(admin: Client, name: string): Promise<void> {
  await close(admin, name)
  await admin.query(`drop database if exists ${name} with (force)`)
}
