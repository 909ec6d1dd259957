import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEndpoint } from '../../../src/app/chain/operator/sealed-endpoint.ts'
import { createSealer } from '../../../src/app/shared/seal.ts'
import { listChains } from '../../../src/db/chain/chains.ts'
import type { ChainId } from '../../../src/domain/chain/address.ts'
import { addFixtures } from '../../../src/main/fixtures.ts'
import { deployToken, realChain } from '../../support/chain/chain.ts'
import { lyingEndpoint } from '../../support/chain/lying-endpoint.ts'
import { tercet } from '../../support/cli.ts'
import { testDatabase } from '../../support/database.ts'

const database = await testDatabase()
const secretKey = Buffer.alloc(32, 7)
const sealer = createSealer(secretKey)
await addFixtures(database.pool, sealer)
const env = { DATABASE_URL: database.url, TERCET_SECRET_KEY: secretKey.toString('hex') }

/** Tells where there is no chain, which then fails nothing. */
const unavailable: string[] = []
const local = await realChain({ diagnostic: (message) => void unavailable.push(message) }, 137 as ChainId)

function onChain(name: string, run: (chain: NonNullable<typeof local>) => Promise<void>): void {
  test(name, async (t) => (local ? await run(local) : t.diagnostic(unavailable.join())))
}

async function json(words: readonly string[], more: Record<string, string> = {}) {
  const { code, out, err } = await tercet({ ...env, ...more }, [...words, '--json'])
  assert.equal(code, 0, err)
  return JSON.parse(out)
}

async function refused(...words: string[]): Promise<string> {
  const { code, err } = await tercet(env, words)
  assert.equal(code, 1, err)
  return err
}

const rpcOf = (url: string) => `${url}/?key=my-secret-key`

onChain('adds a chain by its number and an endpoint, which is sealed and never shown whole', async ({ url }) => {
  const words = ['chains', 'add', '137', '--rpc', '-', '--wallet-rpc', 'https://rpc.example']
  const added = await json(words, { TERCET_RPC: rpcOf(url) })
  const host = new URL(url).host
  assert.deepEqual([added.name, added.coin, added.endpoints], ['Polygon', 'POL', [host]])
  assert.equal(added.explorerUrl, 'https://polygonscan.com')
  const { rows } = await database.pool.query(`select url from chain_endpoint where chain_id = 137`)
  assert.match(rows[0].url, /^sealed:/)
  assert.equal(rows[0].url.includes('secret'), false)
  assert.equal(openEndpoint(sealer, rows[0].url), rpcOf(url))
  const shown = await tercet(env, ['chains', 'show', '137'])
  assert.match(shown.out, new RegExp(`endpoints +${host}\n`))
  assert.doesNotMatch(shown.out + JSON.stringify(await json(['chains', 'show', '137'])), /my-secret-key/)
})

onChain('says what is wrong with a chain and how to mend it, and sets up nothing', async ({ url }) => {
  const add = (...words: string[]) => refused('chains', 'add', ...words)
  assert.match(await add('137', '--rpc', url), /chain 137 is set up already: tercet chains set 137/)
  assert.match(await add('8453', '--rpc', url), /it serves chain 137, not 8453/)
  assert.match(await add('8453', '--rpc', 'http://127.0.0.1:1/key'), /127\.0\.0\.1:1: it does not answer/)
  assert.doesNotMatch(await add('8453', '--rpc', 'http://127.0.0.1:1/key'), /\/key/)
  assert.match(await add('8453', '--rpc', url, url), /the same endpoint is named twice/)
  assert.match(await add('8453', '--rpc', 'ftp://x'), /is not an https address/)
  assert.match(await add('8453', '--rpc', 'https://user:word@x.example'), /must not name a user/)
  assert.match(await add('8453', '--rpc', url, '--wallet-rpc', 'https://x.example/?key=1'), /everybody is told/)
  assert.match(await add('8453', '--rpc', url, '--confirmations', '0'), /1 to 10000 confirmations/)
  assert.match(await add('8453', '--rpc', '-'), /TERCET_RPC is not set/)
  assert.match(await add('8453', '--rpc', url, '--price-name', 'other'), /ETH has the price of ethereum here/)
  assert.match(await add('999999998123', '--rpc', url), /--name and --coin/)
  assert.match(await refused('chains', 'set', '321', '--name', 'Mine'), /runs inside this sandbox/)
  assert.match(await refused('chains', 'set', '8453', '--name', 'Mine'), /tercet chains add 8453/)
  assert.equal((await listChains(database.pool)).length, 3)
})

onChain('finds out which endpoint gives no logs, serves another chain, or is silent', async ({ url }) => {
  const [deaf, other] = [await lyingEndpoint(url), await lyingEndpoint(url)]
  await json(['chains', 'set', '137', '--rpc', url, deaf.url, other.url])
  deaf.lie = ({ method }) => (method === 'eth_getLogs' ? 'nonsense' : undefined)
  other.lie = ({ method }) => (method === 'eth_chainId' ? '0x1' : undefined)
  const { code, out } = await tercet(env, ['chains', 'test', '137', '--json'])
  const problems = JSON.parse(out).endpoints.map(({ problem }: { problem: string | null }) => problem)
  assert.equal(code, 2)
  assert.deepEqual([problems[0], problems[2]], [null, 'it serves chain 1, not 137'])
  assert.match(problems[1], /it gives no logs/)
  await json(['chains', 'set', '137', '--rpc', url])
  assert.match((await tercet(env, ['chains', 'test', '137'])).out, /usable/)
})

onChain('takes a token only as its contract says it is, and under one name for one money', async (chain) => {
  const [usdt, usdc] = ['USDT', 'USDC'].map((name) => chain.tokens.find(({ symbol }) => symbol === name)?.address ?? '')
  const add = (...words: string[]) => refused('tokens', 'add', '137', ...words)
  assert.match(await add(usdc as string, '--decimals', '18'), /its contract says 6 decimals, not 18/)
  assert.match(await add(chain.account), /there is no token at that address/)
  assert.match(await add('0x12'), /not an address of a contract/)
  assert.match(await add(usdc as string, '--price-name', 'other'), /USDC has the price of usd-coin here/)
  assert.match(await refused('tokens', 'add', '321', usdt as string), /runs inside this sandbox/)
  const added = await json(['tokens', 'add', '137', usdc as string, '--decimals', '6', '--peg', 'USD'])
  assert.deepEqual(added, {
    ...{ chainId: 137, contract: usdc, symbol: 'USDC', decimals: 6, peg: 'USD', priceName: null },
  })
  assert.match(await add(usdc as string), /has that token already, as USDC/)
  const fake = await deployToken(chain)
  await json(['tokens', 'add', '137', usdt as string, '--peg', 'USD'])
  assert.match(await add(fake), /another token USDT/)
  const named = ['tokens', 'add', '137', fake, '--symbol', 'MINE', '--price-name', 'my-coin']
  assert.equal((await json(named)).priceName, 'my-coin')
  await json(['tokens', 'remove', '137', 'MINE'])
  assert.match(await refused('tokens', 'remove', '137', 'MINE'), /has no token MINE/)
  assert.match(await refused('tokens', 'remove', '137', 'POL'), /own coin/)
  const listed = (await json(['tokens', 'list'])).tokens.filter(({ chainId }: { chainId: number }) => chainId === 137)
  assert.deepEqual(listed.map(({ symbol }: { symbol: string }) => symbol).toSorted(), ['POL', 'USDC', 'USDT'])
  await json(['chains', 'set', '137', '--name', 'Mine'])
  assert.equal((await listChains(database.pool)).find(({ id }) => id === 137)?.tokens.length, 3, 'and keeps its tokens')
})

onChain('removes no chain that somebody may still pay on, and takes it back later', async ({ url, wallet }) => {
  await json(['wallets', 'set', '137', wallet, '--merchant', 'KUPY'])
  await database.pool.query(
    `insert into chain_amount (merchant_id, payment_id, number, chain_id, token, recipient, units, currency, minor, price,
       price_sources, price_at, tolerance_ppm, created_at, expires_at, watched_until)
     select id, 'KUPYAAAAAAAA', 1, 137, $1, $1, 5, 'USD', 5, 1, '{}', now(), 0, now(), now() + interval '1 hour', now() + interval '1 day'
     from merchant where prefix = 'KUPY'`,
    [Buffer.alloc(20, 5)],
  )
  assert.match(await refused('chains', 'remove', '137'), /1 payments? may still be paid/)
  await json(['chains', 'remove', '137', '--force'])
  assert.match(await refused('chains', 'show', '137'), /is not set up/)
  await json(['chains', 'add', '137', '--rpc', url])
  assert.match(await refused('chains', 'remove', '321'), /runs inside this sandbox/)
})
