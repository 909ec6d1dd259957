import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { realChain } from '../support/chain/chain.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { runShell, sectionOf, shellBlocks } from '../support/documents.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { startReceiver } from '../support/protocols/webhooks.ts'
import { realChains } from '../support/server-environment.ts'

const { folder, remove } = await makeTestFolder()
after(remove)

test('the first payment of docs/protocols/kupay.md is as it is written there, to its callback', async (t) => {
  if (!(await realChain(t))) return
  const page = await readFile(new URL('../../docs/protocols/kupay.md', import.meta.url), 'utf8')
  const receiver = await startReceiver()
  const port = await freePort()
  const started = spawnTercet({ ...realChains, PORT: String(port), TERCET_DATA: folder })
  try {
    await started.ready
    const hooks = Number(new URL(receiver.url).port)
    const said = await runShell(shellBlocks(sectionOf(page, '## A first payment'), 'sh'), { port, hooks })
    assert.match(said, /"chainId":321,"transaction":"0x[0-9a-f]{64}"/)
    await receiver.received(1)
    const { payment_id, ...told } = JSON.parse(receiver.requests[0]?.body ?? '{}')
    assert.match(payment_id, /^KUPY[A-Z0-9]{8}$/)
    const order = { created_at: '2026-01-22 17:58:04', order_number: '1234', currency: 'USD', amount: 12.34 }
    assert.deepEqual(told, { status: 'paid', ...order, id: '12345' })
  } finally {
    await started.stop()
  }
})
