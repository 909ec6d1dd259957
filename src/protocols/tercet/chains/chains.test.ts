import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { aChainTransfer, aHash, anAddress } from '../../../../test/support/chain/factories.ts'
import { aChainPayment, ask as askForAmount, fixedPrices, setUp } from '../../../../test/support/chain/world.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { addMerchant, testEngine } from '../../../../test/support/payments/engine.ts'
import { testSealer } from '../../../../test/support/protocols/webhooks.ts'
import { createChainPayments } from '../../../app/chain/chain-payments.ts'
import { createEngineBook } from '../../../app/chain/engine-book.ts'
import { hashKey } from '../../../app/merchant/hash-key.ts'
import { createMerchantDirectory } from '../../../app/merchant/merchant-directory.ts'
import { checkLedger } from '../../../app/payment/check-ledger.ts'
import { createPaymentReader } from '../../../app/payment/payment-reader.ts'
import { createWriteOnce } from '../../../app/shared/write-once.ts'
import { createShops } from '../../../app/shop/shops.ts'
import { listAuditEntries } from '../../../db/audit/audit-entries.ts'
import { findKnown, keepUnmatched } from '../../../db/chain/transfers.ts'
import { insertApiKey } from '../../../db/merchant/api-keys.ts'
import { type Address, type ChainId, coin } from '../../../domain/chain/address.ts'
import type { Chain } from '../../../domain/chain/chain.ts'
import { transferKey } from '../../../domain/chain/chain.ts'
import type { MerchantTerms } from '../../../domain/merchant/terms.ts'
import { createLogger } from '../../../http/logger.ts'
import { buildServer } from '../../../http/server.ts'
import { systemClock, systemNow } from '../../../kernel/clock.ts'
import { minute, plus } from '../../../kernel/instant.ts'
import { tokenAmount } from '../../../kernel/token-amount.ts'
import { type TercetApp, tercet } from '../index.ts'
import type { WebhookManagement } from '../webhook-management.ts'

const { pool, url } = await testDatabase()
const engine = testEngine(url)
const chain: Chain = {
  ...{ id: 321 as ChainId, name: 'KCC', coin: 'KCS', explorerUrl: null, confirmations: 3, hasFinality: false },
  ...{ isLocal: false, walletRpcUrl: null, endpoints: ['http://127.0.0.1:1/secret-key'] },
  tokens: [
    { address: coin, symbol: 'KCS', decimals: 18, peg: null },
    { address: anAddress(50), symbol: 'USDT', decimals: 18, peg: 'USD' },
  ],
}
const wallet = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const [merchant, rival] = [await addMerchant(pool), await addMerchant(pool)]
await setUp(pool, chain, merchant, anAddress(60))
for (const [key, { id }] of [
  ['key-one', merchant],
  ['key-two', rival],
] as const) {
  const names = { id: `id-${key}`, kind: 'token', protocol: 'kupay', last4: key.slice(-4) } as const
  await insertApiKey(pool, { ...names, hash: hashKey(key), merchantId: id, sealed: null })
}
const book = createEngineBook({ engine, pool })
const parts = { pool, book, clock: systemClock, prices: await fixedPrices(), nudge: () => undefined }
const server = await buildServer<TercetApp>({
  app: { mode: 'live', isBehindProxy: true, merchants: createMerchantDirectory(pool) },
  protocols: [
    tercet(
      // Of webhooks nothing is asked here.
      { once: createWriteOnce({ pool, clock: systemClock, sealer: testSealer }) } as WebhookManagement,
      undefined,
      {
        chains: createChainPayments(parts),
        payments: createPaymentReader(pool),
        shops: createShops({ pool, clock: systemClock, sealer: testSealer }),
      },
    ),
  ],
  pages: [],
  operations: { isReady: async () => true, metrics: async () => ({ contentType: 'text/plain', text: '' }) },
  docs: { title: 'Test', version: '0', description: '', publicUrl: 'http://tercet.test' },
  logger: createLogger({ destination: { write: () => undefined } }),
})
after(() => server.close())

async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, key = 'key-one') {
  const response = await server.inject({
    ...{ method, url: path },
    headers: {
      authorization: `Bearer ${key}`,
      'idempotency-key': crypto.randomUUID(),
      'x-forwarded-for': '10.0.0.1, 192.0.2.7',
    },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  })
  return { status: response.statusCode, body: response.body === '' ? undefined : response.json() }
}

test('lists the chains with where the merchant is paid, and never the address of an endpoint', async () => {
  const { body } = await ask('GET', '/tercet/chains')
  assert.deepEqual(body.chains[0], {
    ...{ chainId: 321, name: 'KCC', coin: 'KCS', explorerUrl: null },
    tokens: [
      { symbol: 'KCS', address: null, decimals: 18 },
      { symbol: 'USDT', address: anAddress(50), decimals: 18 },
    ],
    ...{ confirmations: 3, hasFinality: false, local: false, wallet: anAddress(60) },
  })
  assert(!JSON.stringify(body).includes('secret-key'))
  assert.equal((await ask('GET', '/tercet/chains', undefined, 'key-two')).body.chains[0].wallet, null)
})

test('changes where the merchant is paid, keeps the former address, and writes both down for the audit', async () => {
  const set = await ask('POST', '/tercet/wallets', { chainId: 321, address: wallet })
  assert.deepEqual(set, { status: 200, body: { chainId: 321, address: wallet.toLowerCase(), current: true } })
  assert.deepEqual((await ask('GET', '/tercet/wallets')).body.wallets, [
    { chainId: 321, address: wallet.toLowerCase(), current: true },
    { chainId: 321, address: anAddress(60), current: false },
  ])
  const [entry] = await listAuditEntries(pool, { merchantId: merchant.id, before: null, limit: 1 })
  assert.deepEqual(
    [entry?.action, entry?.actor.name, entry?.address, entry?.before, entry?.after],
    [
      ...['set_wallet', 'kupay token ending in -one', '192.0.2.7'],
      ...[JSON.stringify(anAddress(60)), JSON.stringify(wallet.toLowerCase())],
    ],
  )
})

test('refuses a mistyped address, an unknown chain, and one where another merchant is paid, and changes nothing', async () => {
  const before = (await ask('GET', '/tercet/wallets')).body
  const refused = async (body: unknown, key?: string) => {
    const answer = await ask('POST', '/tercet/wallets', body, key)
    return [answer.status, answer.body.errorCode]
  }
  assert.deepEqual(await refused({ chainId: 321, address: wallet.replace('97', '98') }), [400, 'invalid_request'])
  assert.deepEqual(await refused({ chainId: 1, address: wallet }), [400, 'invalid_request'])
  assert.deepEqual(await refused({ chainId: '321', address: wallet }), [400, 'invalid_request'])
  assert.deepEqual(await refused({ chainId: 321, address: coin }), [400, 'invalid_request'])
  const own = await ask('POST', '/tercet/wallets', { chainId: 321, address: anAddress(61) }, 'key-two')
  assert.equal(own.status, 200)
  assert.deepEqual(await refused({ chainId: 321, address: wallet }, 'key-two'), [409, 'wallet_taken'])
  const { wallets } = (await ask('GET', '/tercet/wallets', undefined, 'key-two')).body
  assert.deepEqual(wallets, [{ chainId: 321, address: anAddress(61), current: true }], 'and takes nothing away')
  assert.deepEqual((await ask('GET', '/tercet/wallets')).body, before)
})

test('stops and begins again to take payments on a chain', async () => {
  assert.equal((await ask('DELETE', '/tercet/wallets/321')).status, 204)
  assert.equal((await ask('GET', '/tercet/chains')).body.chains[0].wallet, null)
  assert.equal((await ask('DELETE', '/tercet/wallets/1')).status, 404)
  assert.equal((await ask('POST', '/tercet/wallets', { chainId: 321, address: anAddress(60) })).status, 200)
})

const usual = {
  ...{ chains: [], tokens: [], tolerancePpm: 0, spreadPpm: 0 },
  ...{ quoteMilliseconds: 900_000, watchMilliseconds: 86_400_000, tiers: [], cancelUnpaidOrders: false },
}

test('shows the terms, and changes those that are named', async () => {
  assert.deepEqual((await ask('GET', '/tercet/chains/terms')).body, usual)
  const tiers = [
    { amount: '1000.00', currency: 'USD', confirmations: 30 },
    { amount: '5000', currency: 'JPY', confirmations: 0 },
  ]
  const change = {
    chains: [321],
    tokens: ['USDT'],
    tolerancePpm: 5_000,
    quoteMilliseconds: 60_000,
    tiers,
    cancelUnpaidOrders: true,
  }
  assert.deepEqual((await ask('PATCH', '/tercet/chains/terms', change)).body, { ...usual, ...change })
  const back = await ask('PATCH', '/tercet/chains/terms', {
    chains: [],
    tokens: [],
    tiers: [],
    cancelUnpaidOrders: false,
  })
  assert.deepEqual(back.body, { ...usual, tolerancePpm: 5_000, quoteMilliseconds: 60_000 })
  assert.deepEqual((await ask('GET', '/tercet/chains/terms', undefined, 'key-two')).body, usual, 'nobody else’s')
})

test('refuses terms beyond their limits or of another kind, and keeps those before', async () => {
  const before = (await ask('GET', '/tercet/chains/terms')).body
  const hostile: object[] = [
    { chains: [1] },
    { chains: ['321'] },
    { chains: 321 },
    { tokens: ['DOGE'] },
    { tokens: [1] },
    { tolerancePpm: 200_001 },
    { tolerancePpm: -1 },
    { tolerancePpm: '5000' },
    { spreadPpm: 0.5 },
    { quoteMilliseconds: 59_999 },
    { quoteMilliseconds: 86_400_001 },
    { watchMilliseconds: 2_592_000_001 },
    { tiers: [{ amount: '1.00', currency: 'USD', confirmations: 10_001 }] },
    { tiers: [{ amount: '1.001', currency: 'USD', confirmations: 1 }] },
    { tiers: [{ amount: 1, currency: 'USD', confirmations: 1 }] },
    { tiers: [{ amount: '1', currency: 'XXX', confirmations: 1 }] },
    { tiers: Array(2).fill({ amount: '1.00', currency: 'USD', confirmations: 1 }) },
    { tiers: [null] },
    { tolerance: 5_000 },
    { cancelUnpaidOrders: 'yes' },
  ]
  for (const change of hostile) {
    const { status, body } = await ask('PATCH', '/tercet/chains/terms', change)
    assert.deepEqual([status, body.errorCode], [400, 'invalid_request'], JSON.stringify(change))
  }
  assert.deepEqual((await ask('GET', '/tercet/chains/terms')).body, before)
})

async function arrive(owner: MerchantTerms, number: number, to: Address = anAddress(60)) {
  const transaction = `0x${number.toString(16).padStart(64, '0')}` as never
  const transfer = aChainTransfer({ transaction, to, units: tokenAmount(10n ** 18n), at: systemNow() })
  await keepUnmatched(pool, [
    { merchantId: owner.id, transfer, owner: null, reason: 'unknown_amount', at: systemNow() },
  ])
  return transferKey(transfer)
}

test('shows what no payment took with the transaction that would give it back, and dismisses it once', async () => {
  const id = await arrive(merchant, 1)
  const { transfers } = (await ask('GET', '/tercet/chains/inbox')).body
  assert.equal(transfers[0].id, id)
  assert.deepEqual(
    [transfers[0].token, transfers[0].units, transfers[0].reason],
    ['USDT', `1${'0'.repeat(18)}`, 'unknown_amount'],
  )
  assert.deepEqual(transfers[0].refund, {
    ...{ chainId: 321, to: anAddress(50), value: '0x0' },
    data: `0xa9059cbb${'2'.padStart(64, '0')}${(10n ** 18n).toString(16).padStart(64, '0')}`,
  })
  assert.deepEqual((await ask('GET', '/tercet/chains/inbox', undefined, 'key-two')).body.transfers, [])
  assert.equal((await ask('POST', '/tercet/chains/inbox/dismiss', { transfer: id }, 'key-two')).status, 404)
  assert.equal((await ask('POST', '/tercet/chains/inbox/dismiss', { transfer: id })).status, 200)
  assert.equal((await ask('POST', '/tercet/chains/inbox/dismiss', { transfer: id })).status, 404)
  assert.deepEqual((await ask('GET', '/tercet/chains/inbox')).body.transfers, [])
})

test('takes a transfer of the inbox for a payment that asked for its token, once', async () => {
  const payment = await aChainPayment(engine, merchant, 10_000n)
  const id = await arrive(merchant, 2)
  const attach = (transfer: string, to: string = payment.id) =>
    ask('POST', '/tercet/chains/inbox/attach', { transfer, payment: to })
  assert.deepEqual([(await attach(id)).body.errorCode], ['never_asked'])
  await askForAmount(pool, chain, payment, 'USDT')
  assert.equal((await attach(id)).status, 200)
  assert.equal((await attach(id)).status, 404)
  assert.equal((await attach('321/nonsense/0')).status, 400)
  assert.equal((await attach(id, '../..')).status, 404)
})

test('keeps the secret that a shop signs with, sealed, and never shows it', async () => {
  const path = '/tercet/shop/secret'
  const secret = 'shpss_0123456789abcdef'
  assert.deepEqual((await ask('GET', path)).body, { set: false })
  assert.equal((await ask('POST', path, { secret: 'short' })).status, 400)
  assert.deepEqual((await ask('POST', path, { secret })).body, { set: true })
  assert.deepEqual((await ask('GET', path)).body, { set: true })
  const { rows } = await pool.query<{ secret: Buffer }>('select secret from shop_secret')
  assert.equal(rows.length, 1)
  assert(!rows[0]?.secret.includes(secret))
  const [entry] = await listAuditEntries(pool, { merchantId: merchant.id, before: null, limit: 1 })
  assert.deepEqual([entry?.action, entry?.after], ['set_shop_secret', '"set"'])
  assert.equal((await ask('DELETE', path)).status, 204)
  assert.deepEqual((await ask('GET', path)).body, { set: false })
})

test('says of a payment what it asked for, what came, and that it was late, partial or too much', async () => {
  const payment = await aChainPayment(engine, merchant, 10_000n)
  const read = async (key?: string) => await ask('GET', `/tercet/chains/payments/${payment.id}`, undefined, key)
  assert.equal((await read('key-two')).status, 404)
  const amount = await askForAmount(pool, chain, payment, 'USDT', plus(systemNow(), -20n * minute))
  const pay = async (number: number, units: bigint) => {
    const transaction = aHash(number)
    const transfer = aChainTransfer({ transaction, to: amount.recipient, units: tokenAmount(units), at: systemNow() })
    const owner = { paymentId: payment.id, number: amount.number, minor: number === 71 ? 4_000n : 7_000n }
    assert.equal(await book.see({ transfer, amount, owner, asset: 'USDT' }), 'taken')
  }
  await pay(71, 40n * 10n ** 18n)
  const { body: part } = await read()
  assert.deepEqual([part.state, part.late, part.partial, part.overpaid.amount], ['created', true, true, '0.00'])
  await pay(72, 70n * 10n ** 18n)
  const { body: over } = await read()
  assert.deepEqual(
    [over.state, over.late, over.partial, over.overpaid],
    ['processing', true, false, { amount: '10.00', currency: 'USD' }],
  )
  assert.deepEqual(
    over.transfers.map(({ worth, token }: { worth: { amount: string }; token: string }) => [worth.amount, token]),
    [
      ['40.00', 'USDT'],
      ['70.00', 'USDT'],
    ],
  )
})

test('the proof of the ledger finds a credit that was changed, taken away, or made up', async () => {
  const payment = await aChainPayment(engine, merchant, 10_000n)
  const amount = await askForAmount(pool, chain, payment, 'USDT')
  const transfer = aChainTransfer({
    transaction: aHash(81),
    to: amount.recipient,
    units: amount.units,
    at: systemNow(),
  })
  const owner = { paymentId: payment.id, number: amount.number, minor: 10_000n }
  await book.see({ transfer, amount, owner, asset: 'USDT' })
  const differences = async () =>
    (await checkLedger(pool, merchant.id)).discrepancies
      .filter(({ sourceId }) => sourceId === payment.id)
      .map((each) => ('claimed' in each ? [each.name, each.claimed, each.ledger] : [each.name]))
  assert.deepEqual(await differences(), [])
  const stored = (await findKnown(pool, [{ merchantId: merchant.id, transfer }])).values().next().value
  assert(stored)
  const taken = { ...stored, owner, asked: amount }
  assert.equal(await book.settle(taken, 'final', 'USDT'), 'taken')
  assert.deepEqual(await differences(), [])
  const tamper = async (sql: string) =>
    await pool.query(`${sql} where transaction = $1`, [Buffer.from(transfer.transaction.slice(2), 'hex')])
  await tamper('update chain_transfer set minor = 9999')
  assert.deepEqual(await differences(), [
    ['credit_differs', 9_999n, 10_000n],
    ['received_differs', 9_999n, 10_000n],
  ])
  await tamper("update chain_transfer set minor = 10000, recipient = decode(repeat('61', 20), 'hex')")
  assert.deepEqual(await differences(), [
    ['credit_differs', 0n, 10_000n],
    ['credit_differs', 10_000n, 0n],
  ])
  await tamper('delete from chain_transfer')
  assert.deepEqual(await differences(), [['credit_differs', 0n, 10_000n]])
})
