import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sandboxShop, type View } from '../../support/chain/sandbox-shop.ts'
import { tercet } from '../../support/cli.ts'
import { spawnTercet } from '../../support/crash/crash-process.ts'
import { makeTestFolder } from '../../support/folder.ts'
import { freePort } from '../../support/free-port.ts'

const { folder, remove } = await makeTestFolder()
after(remove)
const port = await freePort()
const { call, aPayment, pay, until, statusOf, payOnPage, payAPerson } = sandboxShop(port)

test('pays on chains in memory, and says so, where the program of real ones cannot run', async () => {
  const server = spawnTercet({ PORT: String(port), TERCET_DATA: folder, TERCET_ANVIL: '/none/here' })
  try {
    await server.ready
    assert.match(server.out(), /local chains +KCC \(321\) and BSC \(56\) in memory, [^\n]*\/none\/here[^\n]*\n/)
    await showsThem()
    await Promise.all([payCoins(), payInParts(), payTooMuch(), payAPerson(), payOnPage(await aPayment('on the page'))])
    const shown = await tercet({ TERCET_DATA: folder }, ['chains', 'show', '321', '--json'])
    assert.equal(shown.code, 0, shown.err)
    assert.equal(JSON.parse(shown.out).watch.problem, null)
    assert.doesNotMatch(server.out(), /could not be followed|is started again/)
  } finally {
    await server.stop()
  }
})

async function showsThem(): Promise<void> {
  const { body: chains } = await until(
    () => call<View[]>('/sandbox/chains'),
    ({ body }) => body.length === 2,
  )
  assert.deepEqual(
    chains.map(({ chainId, rpcUrl, tokens }) => [chainId, rpcUrl, tokens.map(({ symbol }) => symbol)]),
    [
      [321, null, ['USDT', 'USDC']],
      [56, null, ['USDT', 'USDC']],
    ],
  )
}

async function payCoins(): Promise<void> {
  const id = await aPayment('coins')
  assert.equal((await pay(id, { chainId: 321 })).status, 200)
  await becomesPaid(id)
}

async function payInParts(): Promise<void> {
  const id = await aPayment('parts')
  assert.equal((await pay(id, { chainId: 56, token: 'USDC', units: '1000000000000000000' })).status, 200)
  await until(
    async () => await (await fetch(`http://127.0.0.1:${port}/pay/kupy/${id}`)).text(),
    (page) => page.includes('Still missing'),
  )
  assert.equal(await statusOf(id), 'open')
  assert.equal((await pay(id, { chainId: 56, token: 'USDC' })).status, 200)
  await becomesPaid(id)
}

async function payTooMuch(): Promise<void> {
  const id = await aPayment('too much')
  const refused = await pay(id, { chainId: 321, token: 'USDT', units: '9'.repeat(30) })
  assert.deepEqual([refused.status, refused.body.errorCode], [409, 'not_sent'])
}

async function becomesPaid(id: string): Promise<void> {
  await until(
    () => statusOf(id),
    (status) => status === 'paid',
  )
}
