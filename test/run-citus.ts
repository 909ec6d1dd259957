import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { isCoordinator } from '../src/db/wire/cluster.ts'
import { withClient } from './support/citus/cells.ts'
import { makeTemplates } from './support/citus/templates.ts'

/** The suites whose cell may be anywhere, the crash rounds, and merchants that move. */
const suites = [
  ...['src/db/', 'src/engine/', 'src/jobs/', 'src/app/', 'test/conformance/', 'test/citus/'],
  ...['test/simulation/move-crash', 'test/e2e/moving', 'test/e2e/shopper-cells'],
]

/** `npm run test:citus`: suites with their cells on the Citus cluster whose coordinator `CITUS_URL` names; with arguments, those that they name. */
async function main(wanted: readonly string[]): Promise<number> {
  const url = process.env.CITUS_URL
  if (!url) {
    console.log('nothing was run: CITUS_URL does not name the coordinator of a Citus cluster')
    return 0
  }
  if (!(await withClient(url, isCoordinator))) {
    console.log('nothing was run: the database of CITUS_URL is not one where the nodes of a Citus cluster were added')
    return 1
  }
  const templates = await makeTemplates(url)
  try {
    return await runSuites(wanted.length > 0 ? wanted : suites, {
      TERCET_TEST_CITUS: url,
      TERCET_TEST_CITUS_RUN: templates.name,
    })
  } finally {
    await templates.drop()
  }
}

async function runSuites(wanted: readonly string[], more: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), ...wanted], {
    stdio: 'inherit',
    env: { ...process.env, ...more },
  })
  // The suites end by themselves when this is sent to all of the terminal; what was made for them is dropped after that.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'exit')
  return code ?? 1
}

process.exitCode = await main(process.argv.slice(2))
