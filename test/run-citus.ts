import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** The suites whose cell may be anywhere, and the crash rounds. */
const suites = ['src/db/', 'src/engine/', 'src/jobs/', 'test/conformance/', 'test/citus/']

/** `npm run test:citus`: suites with their cells on the Citus cluster whose coordinator `CITUS_URL` names; with arguments, those that they name. */
async function main(wanted: readonly string[]): Promise<number> {
  const url = process.env.CITUS_URL
  if (!url) {
    console.log('nothing was run: CITUS_URL does not name the coordinator of a Citus cluster')
    return 0
  }
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'run.ts'), ...(wanted.length > 0 ? wanted : suites)],
    {
      stdio: 'inherit',
      env: { ...process.env, TERCET_TEST_CITUS: url },
    },
  )
  const [code] = await once(child, 'exit')
  return code ?? 1
}

process.exitCode = await main(process.argv.slice(2))
