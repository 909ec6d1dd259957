import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { freePort } from '../../src/db/embedded/server-process.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { makeTestFolder } from '../support/folder.ts'

const heading = '## A first order'
const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8').catch(() => '')
const { folder, remove } = await makeTestFolder()
after(remove)

test('the first order of the README goes from creation to refund as it is written there', async () => {
  const blocks = shellBlocks(sectionOf(readme))
  assert(blocks.length > 0, 'the section has ```sh blocks')
  const port = await freePort()
  const started = spawnTercet({ PORT: String(port), TERCET_DATA: join(folder, 'data') })
  try {
    await started.ready
    const said = await runBlocks(blocks, port)
    const lastAnswer = said.slice(said.lastIndexOf('\n{"token"'))
    assert.equal(JSON.parse(lastAnswer).status, 'refunded')
  } finally {
    await started.stop()
  }
})

/** The text below the heading, up to the next one of its level. */
function sectionOf(text: string): string {
  const start = text.indexOf(`${heading}\n`)
  assert(start >= 0, `README.md has the section "${heading}"`)
  return text.slice(start + heading.length).split(/^## /m, 1)[0] as string
}

function shellBlocks(section: string): string[] {
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1] as string)
}

/**
 * All blocks in one session, since later ones use what earlier ones set; it ends at the first command that fails, also
 * inside a pipe. curl is told to fail for an error status. Only the port differs from what a reader would paste.
 */
async function runBlocks(blocks: readonly string[], port: number): Promise<string> {
  const script = blocks.join('\n').replaceAll('localhost:8080', `localhost:${port}`)
  const strict = `set -euo pipefail\ncurl() { command curl --fail-with-body "$@"; echo; }\n${script}`
  const { stdout } = await promisify(execFile)('bash', ['-c', strict], { cwd: folder })
  return stdout
}
