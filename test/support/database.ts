import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import type { Client, Pool } from 'pg'
import { connectClient, connectPool } from '../../src/db/wire/connection.ts'
import { citusUrl } from './citus/cells.ts'
import { copyEmptyCluster, copyPlacedCell, copyTwoPlacedCells } from './citus/templates.ts'
import './patience.ts'
import { hasTwoCells, inSecondCell, isInSecondCell, templateOfTwo } from './second-cell.ts'
import { inDatabase, startTestServer, type TestServer, templateName } from './server.ts'

export type TestDatabase = {
  readonly url: string
  /** Ended by `close`. */
  readonly pool: Pool
  /** Changes tables: in a cluster its coordinator alone does. */
  readonly change: (...statements: readonly string[]) => Promise<void>
  /** Drops the database, whoever is still connected; done by itself after the test, suite or file that made it. */
  readonly close: () => Promise<void>
}

let own: Promise<TestServer> | undefined

/**
 * A fresh copy of the migrated template, about 25 ms: its files are copied, which takes a third of the time of a copy through the log. On the server of the test run, or, when a test file is run by
 * hand, on one of this process's own that ends with it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const coordinator = citusUrl()
  if (coordinator !== undefined) return await createOnCitus(coordinator)
  const isSecond = isInSecondCell()
  const template = isSecond || hasTwoCells() ? templateOfTwo : async () => templateName
  return await create({ template, ...(isSecond && { place: inSecondCell }) })
}

/** As `testDatabase`, for a test of what the first cell alone holds: no cluster places that. */
export async function firstCellDatabase(): Promise<TestDatabase> {
  return await create({ template: async () => templateName })
}

/** As `testDatabase`, without any table: for tests of migrations. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return await create({ template: async () => 'template0' })
}

/** The first cell and two between which merchants may move; the first one is one of them, but on Citus beside two that are placed on different nodes. */
export type CellDatabases = { readonly first: TestDatabase; readonly near: TestDatabase; readonly far: TestDatabase }

export async function cellDatabases(): Promise<CellDatabases> {
  const coordinator = citusUrl()
  if (coordinator === undefined) {
    const near = await testDatabase()
    return { first: near, near, far: await testDatabase() }
  }
  const { first, near, far, drop } = await copyTwoPlacedCells(coordinator)
  const cells = { near: opened(near, keep), far: opened(far, keep) }
  return { ...cells, first: opened({ url: first, tablesUrl: first }, drop) }
}

/** A database without any table for the first cell and one beside it, and one for a cell elsewhere; on Citus the same one, a coordinator's. */
export async function emptyCellDatabases(): Promise<Record<'home' | 'other', TestDatabase>> {
  const coordinator = citusUrl()
  if (coordinator === undefined) return { home: await emptyDatabase(), other: await emptyDatabase() }
  const { coordinator: url, drop } = await copyEmptyCluster(coordinator)
  const home = opened({ url, tablesUrl: url }, drop)
  return { home, other: home }
}

type Kind = {
  readonly template: (serverUrl: string, admin: Client) => Promise<string>
  /** where in the database its tables are */
  readonly place?: (url: string) => string
}

async function create({ template, place = (url) => url }: Kind): Promise<TestDatabase> {
  const server = await serverUrl()
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin(server, async (admin) =>
    admin.query(`create database ${name} template ${await template(server, admin)} strategy file_copy`),
  )
  const url = place(inDatabase(server, name))
  return opened({ url, tablesUrl: url }, () =>
    asAdmin(server, (admin) => admin.query(`drop database if exists ${name} with (force)`)),
  )
}

async function createOnCitus(coordinator: string): Promise<TestDatabase> {
  const { drop, ...urls } = await copyPlacedCell(coordinator)
  return opened(urls, drop)
}

/** Dropped with the database that it is in. */
const keep = () => Promise.resolve()

type Urls = { readonly url: string; readonly tablesUrl: string }

function opened({ url, tablesUrl }: Urls, dropIt: () => Promise<unknown>): TestDatabase {
  // A test that asks for many connections at once waits for them, however busy the machine is.
  const pool = connectPool(url, { connectTimeoutMs: 20_000 })
  let closing: Promise<void> | undefined
  const drop = async () => {
    await pool.end()
    await dropIt()
  }
  const close = () => {
    closing ??= drop()
    return closing
  }
  after(close)
  const change = (...statements: readonly string[]) =>
    asAdmin(tablesUrl, async (admin) => {
      for (const statement of statements) await admin.query(statement)
    })
  return { url, pool, change, close }
}

async function asAdmin(url: string, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = await connectClient(url, { statementTimeoutMs: 0, connectTimeoutMs: 20_000 })
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

async function serverUrl(): Promise<string> {
  const shared = process.env.TERCET_TEST_DATABASE
  if (shared) return shared
  own ??= startOwn()
  return (await own).url
}

/** Ended when the process has nothing else left to do; a run that is killed is swept by the next one. */
async function startOwn(): Promise<TestServer> {
  const server = await startTestServer()
  process.once('beforeExit', () => void server.stop())
  return server
}
