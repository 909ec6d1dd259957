import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../src/db/embedded/server-process.ts'
import type { Address, ChainId } from '../../src/domain/chain/address.ts'
import type { TokenAmount } from '../../src/kernel/token-amount.ts'
import { kupayToken, scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { realChain } from '../support/chain/chain.ts'
import { tercet } from '../support/cli.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { makeTestFolder } from '../support/folder.ts'

type View = {
  readonly chainId: number
  readonly rpcUrl: string
  readonly tokens: { symbol: string }[]
  readonly account: string
}

const { folder, remove } = await makeTestFolder()
after(remove)
const port = await freePort()
const environment = { PORT: String(port), TERCET_DATA: join(folder, 'data') }

async function call<T>(path: string, body?: object, key = kupayToken): Promise<{ status: number; body: T }> {
  const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers,
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as T }
}

async function aPayment(id: string): Promise<string> {
  const url = 'https://shop.example/'
  const { body } = await call<{ payment_id: string }>('/v1/payment/create', {
    ...{ id, order_number: id, created_at: '2022-05-22T18:58:04+01:00', currency: 'EUR', amount: 123.45 },
    ...{ cancel_url: url, paid_url: url, callback_url: url },
  })
  return body.payment_id
}

/** Asks until it is so; far longer than it takes. */
async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await ask()
    if (isSo(answer)) return answer
    await pause(50)
  }
  throw new Error('it never was so')
}

const statusOf = async (id: string) => (await call<{ status: string }>(`/v1/payment/status/${id}`)).body.status

/** As a shopper without script: chooses on the page, reads the exact amount, lets the demo wallet pay, and looks until it is paid. */
async function payOnPage(id: string): Promise<void> {
  const page = `http://127.0.0.1:${port}/pay/kupy/${id}`
  const post = (url: string, choice: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' })
  const read = async () => await (await fetch(page)).text()
  const choices = [...(await read()).matchAll(/value="(\d+\/0x[\da-f]{40})"/g)].map(([, choice]) => choice ?? '')
  assert.equal(choices.length, 6)
  assert.equal((await post(page, `999/0x${'1'.repeat(40)}`)).status, 409)
  assert.equal((await post(page, choices.find((each) => each.startsWith('321/')) ?? '')).status, 303)
  const shown = await read()
  assert.match(shown, /Send exactly this amount/)
  const code = await fetch(`${page}/qr/1/shown`)
  assert.deepEqual([code.status, code.headers.get('content-type')], [200, 'image/svg+xml'])
  const demo = /name="choice" value="(321\/\w+)"/.exec(shown)?.[1]
  assert.equal((await post(`${page}/demo`, demo ?? '')).status, 303)
  const done = await until(read, (text) => text.includes('The shop has your payment'))
  assert.match(done, /href="https:\/\/shop\.example\/"/)
  for (const other of [`/pay/shop/${id}`, '/pay/kupy/KUPY00000000', '/pay/kupy/x', `/checkout/${id}`])
    assert.equal((await fetch(`http://127.0.0.1:${port}${other}`)).status, 404, other)
}

test('pays on real local chains, which end with the server however that ends, and remember what they were', async (t) => {
  const server = spawnTercet(environment)
  after(() => server.kill())
  await server.ready
  const isReady = async () => ({ chains: (await call<View[]>('/sandbox/chains')).body, said: server.err() })
  const { chains, said } = await until(
    isReady,
    (each) => each.chains.length === 2 || each.said.includes('cannot run here'),
  )
  if (chains.length === 0) return t.diagnostic(`nothing was tested: ${said}`)
  assert.deepEqual(
    chains.map(({ chainId, tokens }) => [chainId, tokens.map(({ symbol }) => symbol)]),
    [
      [321, ['USDT', 'USDC']],
      [56, ['USDT', 'USDC']],
    ],
  )
  const [coins, tokens, parts] = [await aPayment('1'), await aPayment('2'), await aPayment('3')]
  const pay = (id: string, body: object, key = kupayToken) =>
    call<Record<string, unknown>>(`/sandbox/payments/${id}/pay`, body, key)
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
        fetch(rpcUrl).then(
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

/** Asked for by somebody without a shop, on a page that the demo wallet needs no signature for, and paid by the other demo wallet. */
async function payAPerson(): Promise<void> {
  const origin = `http://127.0.0.1:${port}`
  const form = await (await fetch(`${origin}/request`)).text()
  const choice = /value="(321\/0x[\da-f]{40})" checked/.exec(form)?.[1] ?? ''
  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  const asked = { amount: '3.00', currency: 'EUR', for: 'Coffee', choice, key: crypto.randomUUID(), demo: '1' }
  const link = (await post('/request', asked)).headers.get('location') ?? ''
  const page = link.replace('/request/', '/pay/')
  assert.equal((await post(page, { choice })).status, 303)
  const demo = /name="choice" value="(321\/\w+)"/.exec(await (await fetch(`${origin}${page}`)).text())?.[1] ?? ''
  assert.equal((await post(`${page}/demo`, { choice: demo })).status, 303)
  await until(
    async () => await (await fetch(`${origin}${link}`)).text(),
    (text) => text.includes('This was paid'),
  )
}
