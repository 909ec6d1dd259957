import assert from 'node:assert/strict'
import { migrate } from '../../../src/db/migrate/migrate.ts'
import { findNodeOf } from '../../../src/db/wire/cluster.ts'
import { onNodeOf } from '../../../src/db/wire/placed-url.ts'
import { inSchema } from '../../../src/db/wire/schema-url.ts'
import { makeCitusCell, moveSchema, withClient } from './cells.ts'
import { beginRun, copyClusterTemplate, makeClusterTemplate } from './copies.ts'

/** Where a placed cell's rows are, and where its tables are changed. */
export type PlacedUrls = { readonly url: string; readonly tablesUrl: string }

type Dropped = { readonly drop: () => Promise<void> }

const [near, far] = ['c1', 'c2'] as const

/** Three for each run: one cell; a plain first cell with two on different nodes; and nothing. Answers the name of the run, for its environment. */
export async function makeTemplates(coordinator: string): Promise<Dropped & { readonly name: string }> {
  const { name, end } = await beginRun(coordinator)
  const drops = [
    await makeClusterTemplate(coordinator, ofOne(name), async (url) => {
      await makeCitusCell(url, near)
    }),
    await makeClusterTemplate(coordinator, ofTwo(name), fillWithTwo),
    await makeClusterTemplate(coordinator, ofNone(name), () => Promise.resolve()),
  ]
  return {
    name,
    drop: async () => {
      for (const drop of drops) await drop()
      await end()
    },
  }
}

async function fillWithTwo(url: string): Promise<void> {
  await withClient(url, migrate)
  for (const cell of [near, far]) await makeCitusCell(url, cell)
  const [home, other] = await withClient(url, async (client) => [
    await findNodeOf(client, near),
    await findNodeOf(client, far),
  ])
  if (home?.port === other?.port && home?.host === other?.host) await moveSchema(url, far)
}

/** A fresh cell that the cluster places, alone in a database. */
export async function copyPlacedCell(coordinator: string): Promise<PlacedUrls & Dropped> {
  const copy = await copyClusterTemplate(coordinator, ofOne(runName()))
  return { ...placedIn(copy.coordinator, near), drop: copy.drop }
}

/** A fresh plain first cell, and two that the cluster places on different nodes. */
export async function copyTwoPlacedCells(
  coordinator: string,
): Promise<Dropped & { readonly first: string; readonly near: PlacedUrls; readonly far: PlacedUrls }> {
  const copy = await copyClusterTemplate(coordinator, ofTwo(runName()))
  const [one, other] = [placedIn(copy.coordinator, near), placedIn(copy.coordinator, far)]
  return { first: copy.coordinator, near: one, far: other, drop: copy.drop }
}

/** A fresh database of the cluster without any table. */
export async function copyEmptyCluster(coordinator: string): Promise<Dropped & { readonly coordinator: string }> {
  return await copyClusterTemplate(coordinator, ofNone(runName()))
}

function placedIn(coordinator: string, name: string): PlacedUrls {
  const tablesUrl = inSchema(coordinator, name)
  return { url: onNodeOf(tablesUrl, name), tablesUrl }
}

function runName(): string {
  return process.env.TERCET_TEST_CITUS_RUN ?? assert.fail('run by npm run test:citus')
}

function ofOne(name: string): string {
  return `${name}_one`
}

function ofTwo(name: string): string {
  return `${name}_two`
}

function ofNone(name: string): string {
  return `${name}_none`
}
