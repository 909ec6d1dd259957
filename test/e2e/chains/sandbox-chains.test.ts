import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import type { Address, ChainId } from '../../../src/domain/chain/address.ts'
import type { TokenAmount } from '../../../src/kernel/token-amount.ts'
import { scalapayMerchantKey } from '../../../src/main/fixtures.ts'
import { LocalChainUnavailable } from '../../../src/rails/chain-rail.ts'
import { anvilProgram } from '../../../src/rails/evm/local/anvil.ts'
import { realChain } from '../../support/chain/chain.ts'
import { sandboxShop, type View } from '../../support/chain/sandbox-shop.ts'
import { tercet } from '../../support/cli.ts'
import { spawnTercet } from '../../support/crash/crash-process.ts'
import { makeTestFolder } from '../../support/folder.ts'
import { freePort } from '../../support/free-port.ts'
import { realChains } from '../../support/server-environment.ts'

const { folder, remove } = await makeTestFolder()
after(remove)
const port = await freePort()
const environment = { ...realChains, PORT: String(port), TERCET_DATA: join(folder, 'data') }

const { call, aPayment, pay, until, statusOf, payOnPage, payAPerson } = sandboxShop(port)

/** Runs the chains' real program once the file `open` is there. */
async function gate(open: string): Promise<string> {
  const path = join(folder, 'anvil')
  const real = anvilHere()
  await writeFile(
    path,
    `#!/bin/sh\n[ "$1" = --version ] && exec "${real}" "$@"\nwhile [ ! -e "${open}" ]; do sleep 0.1; done\nexec "${real}" "$@"\n`,
    { mode: 0o755 },
  )
  return path
}

function anvilHere(): string {
  try {
    return anvilProgram()
  } catch (error) {
    if (error instanceof LocalChainUnavailable) return '/none/here'
    throw error
  }
}

test('pays on real local chains, which end with the server however that ends, and remember what they were', async (t) => {
  const open = join(folder, 'open')
  const server = spawnTercet({ ...environment, TERCET_ANVIL: await gate(open) })
  after(() => server.kill())
  await server.ready
  const early = await aPayment('before there is a chain')
  assert.deepEqual((await call<View[]>('/sandbox/chains')).body, [], 'the banner is out and no chain runs yet')
  assert.equal((await pay(early, { chainId: 321 })).body.errorCode, 'chain_not_running')
  await writeFile(open, '')
  const { body: chains } = await until(
    () => call<View[]>('/sandbox/chains'),
    ({ body }) => body.length === 2,
  )
  if (chains.some(({ rpcUrl }) => rpcUrl === null)) return t.diagnostic('nothing was tested: no real chain runs here')
  assert.equal((await pay(early, { chainId: 321 })).status, 200)
  assert.deepEqual(
    chains.map(({ chainId, tokens }) => [chainId, tokens.map(({ symbol }) => symbol)]),
    [
      [321, ['USDT', 'USDC']],
      [56, ['USDT', 'USDC']],
    ],
  )
  const [coins, tokens, parts] = [await aPayment('1'), await aPayment('2'), await aPayment('3')]
  const paid = await pay(coins, { chainId: 321 })
  assert.deepEqual([paid.status, paid.body.chainId], [200, 321])
  assert.match(String(paid.body.transaction), /^0x[\da-f]{64}$/)
  assert.equal((await pay(tokens, { chainId: 56, token: 'USDT' })).status, 200)
  assert.equal((await pay(parts, { chainId: 56, token: 'USDC', units: '1000000000000000000' })).status, 200)
  for (const id of [coins, tokens])
    await until(
      () => statusOf(id),
      (status) => status === 'paid',
    )
  assert.equal(await statusOf(parts), 'open')
  assert.equal((await pay(parts, { chainId: 56, token: 'USDC' })).status, 200)
  await until(
    () => statusOf(parts),
    (status) => status === 'paid',
  )
  await payOnPage(await aPayment('on the page'))
  const refusals = [
    await pay(coins, { chainId: 321 }),
    await pay(await aPayment('4'), { chainId: 1 }),
    await pay(await aPayment('4'), { chainId: 321, token: 'DOGE' }),
    await pay(await aPayment('4'), { chainId: 321, units: '0' }),
    await pay(await aPayment('4'), { chainId: 321 }, scalapayMerchantKey),
    await pay('KUPYAAAAAAAA', { chainId: 321 }),
  ]
  assert.deepEqual(
    refusals.map(({ status, body }) => [status, body.errorCode]),
    [
      [409, 'payment_not_open'],
      [409, 'chain_not_running'],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [404, 'not_found'],
      [404, 'not_found'],
    ],
  )
  await payAPerson()
  await takesUpAChain(t)
  await server.kill()
  for (const { rpcUrl } of chains)
    await until(
      () =>
        fetch(String(rpcUrl)).then(
          () => true,
          () => false,
        ),
      (isThere) => !isThere,
    )
  for (const { chainId } of chains) assert(existsSync(join(environment.TERCET_DATA, 'chains', `${chainId}.json`)))

  const next = spawnTercet(environment)
  after(() => next.kill())
  await next.ready
  await until(
    async () => (await call<View[]>('/sandbox/chains')).body,
    ({ length }) => length === 2,
  )
  await next.stop()
  assert.doesNotMatch(
    next.out(),
    /could not be followed|is started again/,
    'nothing is told of the addresses that the killed server had',
  )
})

/** Set up from the command line while the server runs: watched within seconds, and paid on. */
async function takesUpAChain(t: Pick<TestContext, 'diagnostic'>): Promise<void> {
  const own = await realChain(t, 137 as ChainId)
  assert(own)
  const env = { TERCET_DATA: environment.TERCET_DATA }
  const run = async (...words: string[]) => {
    const { code, out, err } = await tercet(env, [...words, '--json'])
    assert.equal(code, 0, err)
    return JSON.parse(out)
  }
  const usdt = own.tokens.find(({ symbol }) => symbol === 'USDT')?.address ?? ''
  await run('chains', 'add', '137', '--rpc', `${own.url}/?key=secret`, '--confirmations', '1')
  await run('tokens', 'add', '137', usdt, '--peg', 'USD')
  await run('wallets', 'set', '137', own.wallet, '--merchant', 'KUPY')
  const id = await aPayment('on a chain of its own')
  const page = `http://127.0.0.1:${port}/pay/kupy/${id}`
  const body = new URLSearchParams({ choice: `137/${usdt}` })
  assert.equal((await fetch(page, { method: 'POST', body, redirect: 'manual' })).status, 303)
  const [, uri = ''] = /uint256=(\d+)/.exec(await (await fetch(page)).text()) ?? []
  await own.pay({ token: usdt as Address, recipient: own.wallet, units: BigInt(uri) as TokenAmount })
  await until(
    () => statusOf(id),
    (status) => status === 'paid',
  )
  assert.equal((await run('chains', 'show', '137')).watch.problem, null)
}
