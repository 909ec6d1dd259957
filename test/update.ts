import { writeFile } from 'node:fs/promises'
import { connectClient } from '../src/db/wire/connection.ts'
import { dumpSchema } from './support/code/dump-schema.ts'
import { writeCliPage } from './support/pages/cli-page.ts'
import { writeIntegrityPage } from './support/pages/integrity-page.ts'
import { writePaymentStates } from './support/payments/payment-states.ts'
import { writePlanPage } from './support/payments/plan-page.ts'
import { writePortalPages } from './support/portal/pages.ts'
import { inDatabase, startTestServer, templateName } from './support/server.ts'
import { writeTranscripts } from './transcripts/write-transcripts.ts'

/** A golden or generated file: `write` makes it anew and answers the paths it wrote. `databaseUrl` is a freshly migrated database. */
export type UpdateStep = {
  readonly name: string
  readonly write: (databaseUrl: string) => Promise<readonly string[]>
}

const root = new URL('../', import.meta.url)

/** In this order. Each has a test that fails while its file is not up to date. */
export const steps: readonly UpdateStep[] = [
  { name: 'schema', write: writeSchema },
  { name: 'payment-states', write: writePaymentStates },
  { name: 'plans', write: writePlanPage },
  { name: 'portal', write: writePortalPages },
  { name: 'cli', write: writeCliPage },
  { name: 'widget', write: writeIntegrityPage },
  { name: 'transcripts', write: writeTranscripts },
]

async function writeSchema(databaseUrl: string): Promise<readonly string[]> {
  const client = await connectClient(databaseUrl)
  await writeFile(new URL('schema.sql', root), await dumpSchema(client))
  await client.end()
  return ['schema.sql']
}

/** `npm run update` rewrites everything; `npm run update -- schema` only the steps that are named. */
async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0)
    throw new Error(`no such step: ${unknown.join(', ')}; there are ${steps.map((step) => step.name).join(', ')}`)
  const server = await startTestServer()
  process.env.TERCET_TEST_DATABASE = server.url
  try {
    for (const step of steps.filter((each) => wanted.length === 0 || wanted.includes(each.name))) {
      for (const path of await step.write(inDatabase(server.url, templateName))) console.log(`${step.name}: ${path}`)
    }
  } finally {
    await server.stop()
  }
}

if (import.meta.main) await main(process.argv.slice(2))
