import { relative } from 'node:path'
import type { Client } from 'pg'
import { createSchema } from '../../src/db/cell/cell-schema.ts'
import { migrate } from '../../src/db/migrate/migrate.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { inSchema } from '../../src/db/wire/schema-url.ts'
import { inDatabase, templateName } from './server.ts'

const secondCell = 'c2'
const secondTemplate = `${templateName}_${secondCell}`
const root = new URL('../../', import.meta.url).pathname

/** Whose tables may be in either cell: nothing of theirs but the URL of the database says where they are. */
const inEither = /^(?:src\/(?:db|engine|jobs|app|protocols)|test\/conformance)\//

/** Whether this suite has a database with two cells, in whichever of them it works. */
export function hasTwoCells(suite = process.argv[1] ?? ''): boolean {
  return inEither.test(relative(root, suite))
}

/**
 * Whether it works in the second of them. In `npm test` every other one does, always the same, so that both are tested in the time of one; with
 * TERCET_TEST_CELL=c2 (`npm run test:cells`) all do. The suites of database, engine, jobs and conformance took 72 s with
 * one cell, and 76 and 83 s as `npm test` has them.
 */
export function isInSecondCell(suite = process.argv[1] ?? ''): boolean {
  if (process.env.TERCET_TEST_CELL === secondCell) return true
  const letters = [...relative(root, suite)]
  return hasTwoCells(suite) && letters.reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 2 === 1
}

/** The template with both cells, the tables of the second beside those of the first. Made by the first who wants it; the others wait. */
export async function templateOfTwo(serverUrl: string, admin: Client): Promise<string> {
  await admin.query('select pg_advisory_lock(hashtext($1))', [secondTemplate])
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [secondTemplate])
  if (rowCount === 0) await makeTemplate(serverUrl, admin)
  await admin.query('select pg_advisory_unlock(hashtext($1))', [secondTemplate])
  return secondTemplate
}

async function makeTemplate(serverUrl: string, admin: Client): Promise<void> {
  await admin.query(`create database ${secondTemplate} template ${templateName}`)
  const client = await connectClient(inSecondCell(inDatabase(serverUrl, secondTemplate)))
  try {
    await createSchema(client, secondCell)
    await migrate(client)
  } finally {
    await client.end()
  }
}

export function inSecondCell(url: string): string {
  return inSchema(url, secondCell)
}
