import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSealer } from '../../../src/app/shared/seal.ts'
import { createShops } from '../../../src/app/shop/shops.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { addFixtures } from '../../../src/main/fixtures.ts'
import { tercet } from '../../support/cli.ts'
import { testDatabase } from '../../support/database.ts'

const database = await testDatabase()
const secretKey = Buffer.alloc(32, 7)
await addFixtures(database.pool, createSealer(secretKey))
const env = { DATABASE_URL: database.url, TERCET_SECRET_KEY: secretKey.toString('hex') }
const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

async function json(...words: string[]) {
  const { code, out, err } = await tercet(env, [...words, '--merchant', 'KUPY', '--json'])
  assert.equal(code, 0, err)
  return JSON.parse(out)
}

async function refused(...words: string[]): Promise<string> {
  const { code, err } = await tercet(env, [...words, '--merchant', 'KUPY'])
  assert.notEqual(code, 0)
  return err
}

test('changes where a merchant is paid, and keeps the former address in the list', async () => {
  const { wallets: before } = await json('wallets', 'list')
  assert.deepEqual(
    before.map(({ chainId, current }: { chainId: number; current: boolean }) => [chainId, current]),
    [
      [56, true],
      [321, true],
    ],
  )
  assert.deepEqual(await json('wallets', 'set', '321', address), { chainId: 321, address: address.toLowerCase() })
  const { wallets } = await json('wallets', 'list')
  const onKcc = wallets.filter((wallet: { chainId: number }) => wallet.chainId === 321)
  assert.deepEqual(
    onKcc.map((wallet: { address: string; current: boolean }) => [wallet.address, wallet.current]),
    [
      [address.toLowerCase(), true],
      [before[1].address, false],
    ],
  )
  await json('wallets', 'stop', '321')
  const { chains } = await json('chains', 'list')
  assert.deepEqual(
    chains.map(({ chainId, wallet }: { chainId: number; wallet: string | null }) => [chainId, wallet === null]),
    [
      [56, false],
      [321, true],
    ],
  )
})

test('refuses a mistyped address and a chain that is not set up', async () => {
  assert.match(await refused('wallets', 'set', '321', address.replace('97', '98')), /mistyped/)
  assert.match(await refused('wallets', 'set', '1', address), /not set up/)
  assert.match(await refused('wallets', 'set', 'kcc', address), /number of a chain/)
})

test('shows and changes the terms of a merchant, and leaves what is not named', async () => {
  const before = await json('chains', 'terms')
  assert.deepEqual([before.chains, before.tolerancePpm, before.quoteMs], [[], 0, 900_000])
  const words = ['--tokens', 'KCS,BNB', '--tolerance', '0.5', '--tier', '1000.00USD=30', '--tier', '5000JPY=7']
  const after = await json('chains', 'terms', ...words)
  assert.deepEqual(after, {
    ...before,
    tokens: ['KCS', 'BNB'],
    tolerancePpm: 5_000,
    tiers: [
      { currency: 'USD', from: '100000', confirmations: 30 },
      { currency: 'JPY', from: '5000', confirmations: 7 },
    ],
  })
  assert.deepEqual(await json('chains', 'terms'), after)
  assert.deepEqual((await json('chains', 'terms', '--tokens', 'all', '--tier', 'none')).tokens, [])
  assert.match(await refused('chains', 'terms', '--quote', '2d'), /a minute to a day/)
  assert.match(await refused('chains', 'terms', '--tokens', 'DOGE'), /one of the tokens/)
  assert.match(await refused('chains', 'terms', '--tier', '1000=30'), /like 1000.00USD=30/)
})

test('takes the secret of a shop from the environment alone, and shows it to nobody', async () => {
  const shopSecret = async (more: Record<string, string>, ...words: string[]) =>
    await tercet({ ...env, ...more }, ['merchants', 'shop-secret', 'KUPY', ...words])
  const secret = 'shpss_0123456789abcdef'
  assert.match((await shopSecret({}, '--set')).err, /TERCET_SHOP_SECRET is not set/)
  assert.match((await shopSecret({ TERCET_SHOP_SECRET: 'short' }, '--set')).err, /16 to 255 characters/)
  assert.match((await shopSecret({}, '--set', '--remove')).err, /do not go together/)
  const { code, out } = await shopSecret({ TERCET_SHOP_SECRET: secret }, '--set', '--json')
  assert.deepEqual([code, JSON.parse(out)], [0, { set: true }])
  const shops = createShops({ pool: database.pool, clock: systemClock, sealer: createSealer(secretKey) })
  const { rows } = await database.pool.query(`select id from merchant where prefix = 'KUPY'`)
  assert.equal(await shops.secret(rows[0].id), secret)
  assert.match((await shopSecret({})).out, /a secret is set/)
  assert.match((await shopSecret({}, '--remove')).out, /no secret is set/)
})
