import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { runShell as run, sectionOf, shellBlocks } from '../support/documents.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { sourceFile } from '../support/program/program-file.ts'

const root = join(import.meta.dirname, '../..')
/** As an operator starts it, not bundled. */
const installed = sourceFile('src/cli/tercet.js')
const read = (path: string) => readFile(join(root, path), 'utf8')
const [readme = '', operating = '', config = ''] = await Promise.all(
  ['README.md', 'docs/operating.md', 'src/main/config.ts'].map(read),
)
const { folder, remove } = await makeTestFolder()
after(remove)

test('the first order and the first webhook of the README are as it is written there', async () => {
  const [port, hooks] = [await freePort(), await freePort()]
  const started = spawnTercet({ PORT: String(port), TERCET_DATA: join(folder, 'data') }, installed)
  try {
    await started.ready
    const said = await run(shellBlocks(sectionOf(readme, '## A first order'), 'sh'), { port, hooks })
    const lastAnswer = said.slice(said.lastIndexOf('\n{"token"'))
    assert.equal(JSON.parse(lastAnswer).status, 'partially_refunded')
    const heard = await run(shellBlocks(sectionOf(readme, '## Webhooks and time'), 'sh'), { port, hooks })
    assert.match(heard, /^webhook: \{.*"status":"created"/m)
  } finally {
    await started.stop()
  }
})

test('examples run on other ports than they name, whatever digits those have', async () => {
  const said = await run(['echo localhost:8080 localhost:3000'], { port: 30_002, hooks: 28_080 })
  assert.equal(said, 'localhost:30002 localhost:28080\n')
})

test('a backup made as docs/operating.md says is a database again after it was restored', async () => {
  const environment = { PORT: String(await freePort()), TERCET_DATA: join(folder, 'kept') }
  const [backup = '', restore = '', ...proofs] = shellBlocks(operating, 'sh test')
  const commands = { port: Number(environment.PORT), hooks: 1, environment }
  const before = spawnTercet(environment, installed)
  await before.ready
  await run(['npx tercet trigger captured'], commands)
  await before.stop()
  await run([backup, 'mv "$TERCET_DATA" "$TERCET_DATA.lost"', restore], { ...commands, cwd: folder })
  const after = spawnTercet(environment, installed)
  try {
    await after.ready
    assert.equal(proofs.length, 2)
    assert.match(await run(proofs, commands), /payments and ledger agree/)
    assert.match(await run(['npx tercet orders list --merchant SHOP'], commands), / captured /)
  } finally {
    await after.stop()
  }
})

test('the settings of the README are exactly those that the program reads', () => {
  const listed = [...sectionOf(readme, '## Settings').matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1] ?? ''),
  )
  const settings = [...config.matchAll(/'((?:TERCET|SMTP|MAIL|SMS|TLS|DATABASE|PUBLIC)_[A-Z_]+|PORT|HOST)'/g)]
  assert.deepEqual(listed.toSorted(), [...new Set(settings.map((match) => match[1] ?? ''))].toSorted())
})
