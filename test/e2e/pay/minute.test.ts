import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { kupayToken } from '../../../src/main/fixtures.ts'
import { realChain } from '../../support/chain/chain.ts'
import { spawnTercet } from '../../support/crash/crash-process.ts'
import { runShell, sectionOf, shellBlocks } from '../../support/documents.ts'
import { makeTestFolder } from '../../support/folder.ts'
import { freePort } from '../../support/free-port.ts'
import { testBrowser } from '../../support/pages/browser.ts'
import { realChains } from '../../support/server-environment.ts'

const { folder, remove } = await makeTestFolder()
after(remove)

test('the crypto payment of the README settles from a fresh start, and its streams do not keep the server from stopping', async (t) => {
  if (!(await realChain(t))) return
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8')
  const browser = await testBrowser()
  const port = await freePort()
  const begun = performance.now()
  const started = spawnTercet({ ...realChains, PORT: String(port), TERCET_DATA: join(folder, 'data') })
  after(() => started.kill())
  await started.ready
  const said = await runShell(shellBlocks(sectionOf(readme, '## A crypto payment in a minute'), 'sh'), {
    port,
    hooks: 1,
  })
  const { pay_url } = JSON.parse(said.slice(said.indexOf('{')))
  const page = await browser.newPage()
  // The chains may still be starting: the page shows them once they run.
  await page.goto(pay_url)
  await page.getByLabel('USDT on KCC').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Demo wallet' }).waitFor()
  const before = await headOf(port)
  await page.getByRole('button', { name: /from the demo wallet/ }).click()
  await page.getByRole('heading', { name: 'Paid' }).waitFor()
  // A block is made with each look at the chain, once a second, while something waits to be confirmed: no more than half a minute of them.
  const blocks = (await headOf(port)) - before
  assert(blocks >= 3n && blocks <= 30n, `${blocks} blocks`)
  t.diagnostic(`settled ${Math.round((performance.now() - begun) / 1_000)} seconds after the start`)
  const other = await fetch(`${pay_url}/events`)
  assert.equal(other.status, 200)
  await started.stop()
  assert.equal((await other.body?.getReader().read())?.done ?? true, false)
})

/** The newest block of KCC. */
async function headOf(port: number): Promise<bigint> {
  const headers = { authorization: `Bearer ${kupayToken}`, 'content-type': 'application/json' }
  const chains = await (await fetch(`http://127.0.0.1:${port}/sandbox/chains`, { headers })).json()
  const { rpcUrl } = (chains as { chainId: number; rpcUrl: string }[]).find(({ chainId }) => chainId === 321) ?? {}
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] })
  const answer = await fetch(String(rpcUrl), { method: 'POST', headers, body })
  return BigInt(((await answer.json()) as { result: string }).result)
}
