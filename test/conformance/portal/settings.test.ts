import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proveAuditLog } from '../../../src/app/audit/audit-log.ts'
import { importCatalogue } from '../../../src/app/catalogue/import-catalogue.ts'
import { saveChain } from '../../../src/db/chain/chains.ts'
import { inTransaction } from '../../../src/db/wire/transaction.ts'
import type { Address, ChainId } from '../../../src/domain/chain/address.ts'
import { minute } from '../../../src/kernel/instant.ts'
import { startPortal } from '../../support/portal/portal.ts'
import { aFile, aProduct, aUuid } from '../../support/protocols/catalogue.ts'

const portal = await startPortal()
const { database, merchantId, otherMerchantId } = portal
const owner = await portal.cookieOf('owner')

function ask(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, payload?: object, cookie = owner) {
  return portal.server.inject({
    method,
    url: `/portal/api/merchants/${merchantId}${path}`,
    headers: { cookie, origin: portal.app.publicUrl },
    ...(payload && { payload }),
  })
}

const newest = async () => (await ask('GET', '/audit-log')).json().entries[0]

/** The smallest picture that is one: a GIF of one pixel. */
const picture = 'R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

test("changes the looks of a shop's pages, shows what becomes of a colour, and keeps before and after", async () => {
  const changed = await ask('PUT', '/brand', { colour: '#F80', language: 'it', logo: picture })
  assert.equal(changed.statusCode, 200, changed.body)
  const { colour, language, logo } = changed.json()
  assert.deepEqual([colour, language], ['#ff8800', 'it'])
  assert.match(logo, /^\/pictures\/ONE1\/[0-9a-f]{32}$/)
  const { action, before, after } = await newest()
  assert.equal(action, 'change_brand')
  assert.equal(JSON.parse(before).colour, null)
  assert.equal(JSON.parse(after).colour, '#ff8800')
  assert.equal((await ask('PUT', '/brand', { logo: null })).json().logo, null)
  assert.equal((await ask('GET', '/brand')).json().colour, '#ff8800')
  for (const [body, code] of [
    [{ colour: 'red' }, 'not_a_colour'],
    [{ logo: 'bm8gcGljdHVyZQ==' }, 'picture_unreadable'],
  ] as const) {
    const refused = await ask('PUT', '/brand', body)
    assert.deepEqual([refused.statusCode, refused.json().errorCode], [422, code])
  }
  const { light, dark } = (await ask('GET', '/brand/preview?colour=%23ff8800')).json()
  for (const shades of [light, dark]) assert(shades.fillContrast >= 4.5 && shades.accentContrast >= 4.5)
  assert.equal(light.isShaded, true)
})

test('changes where and how a shop is paid on chains, after a fresh proof', async () => {
  const chain = {
    id: 88 as ChainId,
    name: 'Test',
    coin: 'TST',
    explorerUrl: null,
    confirmations: 3,
    hasFinality: false,
  }
  const token = { address: `0x${'2'.repeat(40)}` as Address, symbol: 'USDT', decimals: 6, peg: 'USD' } as const
  await inTransaction(database.pool, (client) =>
    saveChain(client, {
      ...chain,
      isLocal: false,
      walletRpcUrl: null,
      tokens: [token],
      endpoints: ['http://127.0.0.1:1'],
    }),
  )
  const address = '0x52908400098527886E0F7030069857D2E4169EE7'
  assert.equal((await ask('PUT', '/wallets/88', { address })).statusCode, 200)
  const { chains } = (await ask('GET', '/chains')).json()
  assert.equal(chains[0].wallet.toLowerCase(), address.toLowerCase())
  assert.equal(
    (await ask('PUT', '/wallets/88', { address: '0x52908400098527886E0F7030069857D2E4169Ee7' })).statusCode,
    422,
  )
  assert.equal((await ask('PUT', '/wallets/99', { address })).statusCode, 404)
  const terms = await ask('PUT', '/chain-terms', { tokens: ['USDT'], tolerancePpm: 5_000 })
  assert.equal(terms.statusCode, 200, terms.body)
  assert.equal((await ask('PUT', '/chain-terms', { tokens: ['NONE'] })).json().errorCode, 'unknown_token')
  const stopped = await ask('PUT', '/wallets/88', { address: null })
  assert.equal(stopped.statusCode, 200, stopped.body)
  const after = (await ask('GET', '/chains')).json()
  assert.deepEqual([after.chains[0].wallet, after.terms.tolerancePpm], [null, 5_000])
  assert.equal((await newest()).action, 'set_wallet')
  portal.advance(11n * minute)
  assert.equal((await ask('PUT', '/wallets/88', { address })).json().errorCode, 'step_up_required')
})

test('takes the secret of a shop system, keeps it sealed, and shows it to nobody', async () => {
  const secret = 'shpss_0123456789abcdef'
  const read = async () => (await ask('GET', '/shop-system')).json()
  const webhookUrl = `${portal.app.publicUrl}/webhook/shopify/one1`
  assert.deepEqual(await read(), { hasSecret: false, webhookUrl })
  portal.advance(11n * minute)
  assert.equal((await ask('PUT', '/shop-system', { secret })).json().errorCode, 'step_up_required')
  const fresh = await portal.cookieOf('owner')
  assert.equal((await ask('PUT', '/shop-system', { secret: 'too short' }, fresh)).statusCode, 422)
  const saved = await ask('PUT', '/shop-system', { secret }, fresh)
  assert.equal(saved.statusCode, 200, saved.body)
  assert.deepEqual(await read(), { hasSecret: true, webhookUrl })
  const entry = await newest()
  assert.deepEqual([entry.action, entry.after], ['set_shop_secret', '"set"'])
  const { rows } = await database.pool.query('select secret from shop_secret where merchant_id = $1', [merchantId])
  assert.equal(rows[0].secret.includes(secret), false)
  assert.equal((await ask('PUT', '/shop-system', { secret: null }, fresh)).statusCode, 200)
  assert.equal((await read()).hasSecret, false)
  const support = await portal.cookieOf('support')
  assert.equal((await ask('PUT', '/shop-system', { secret }, support)).statusCode, 403)
})

test('sets a transfer aside that no order took, and gives none to an order that never asked for it', async () => {
  const put = (of: number) =>
    database.pool.query(
      `insert into chain_transfer (merchant_id, chain_id, transaction, log_index, token, sender, recipient, units, block_number,
         block_hash, block_at, state, reason, seen_at)
       values ($1, 88, $2, 0, $3, $3, $3, 2500000, 1, $2, now(), 'seen', 'unknown_amount', now())`,
      [merchantId, Buffer.alloc(32, of), Buffer.alloc(20, 0x22)],
    )
  await put(0x11)
  const [transfer] = (await ask('GET', '/transfers')).json().transfers
  assert.deepEqual([transfer.amount, transfer.symbol, transfer.reason], ['2.5', 'USDT', 'unknown_amount'])
  assert.equal((await ask('GET', '/sales')).json().unmatched, 1)
  const { chainId, transaction, logIndex } = transfer
  const key = { chainId, transaction, logIndex }
  const attached = await ask('POST', '/transfers/attach', { transfer: key, order: 'ONE1AAAAAAAA' })
  assert.equal(attached.json().errorCode, 'never_asked')
  assert.equal((await ask('POST', '/transfers/dismiss', { transfer: key })).statusCode, 200)
  assert.equal((await ask('POST', '/transfers/dismiss', { transfer: key })).statusCode, 404)
  assert.deepEqual((await ask('GET', '/transfers')).json().transfers, [])
})

test('changes the catalogue with the same checks as its API, and keeps before and after', async () => {
  const seal = (text: string) => Buffer.from(text)
  const imported = async (merchant: typeof merchantId, number: number) => {
    const file = aFile({ organization: { uuid: aUuid(number), title: `House ${number}`, currency: 'ISK' } })
    const result = await importCatalogue(database.pool, { text: JSON.stringify(file), merchantId: merchant, seal })
    assert(result.ok)
  }
  await imported(merchantId, 1)
  await imported(otherMerchantId, 2)
  assert.deepEqual(
    (await ask('GET', '/catalogue')).json().organizations.map(({ title }: { title: string }) => title),
    ['House 1'],
  )
  const at = (organization: number, kind: string, id: string) => `/catalogue/${aUuid(organization)}/${kind}/${id}`
  const start = { startsAt: '2030-05-04T20:00:00.000Z', capacity: 5 }
  const entity = JSON.stringify({ ...aProduct(), event: { starts: [start] } })
  const id = aProduct().uuid
  const made = await ask('PUT', at(1, 'products', id), { entity })
  assert.equal(made.statusCode, 200, made.body)
  assert.equal(JSON.parse(made.json().readOnly).starts[0].taken, 0)
  const { items } = (await ask('GET', `/catalogue/${aUuid(1)}/products`)).json()
  assert.equal(JSON.parse(items[0].entity).title, 'Book')
  const wrong = await ask('PUT', at(1, 'products', id), { entity: JSON.stringify({ ...aProduct(), price: -1 }) })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.json().message, /^This was not stored: price /)
  assert.equal((await ask('PUT', at(1, 'products', id), { entity: '[]' })).statusCode, 400)
  assert.equal((await ask('PUT', at(2, 'products', id), { entity })).json().errorCode, 'unknown_organization')
  assert.equal((await ask('GET', `/catalogue/${aUuid(1)}/instances`)).statusCode, 400)
  assert.equal((await ask('DELETE', at(1, 'products', id))).statusCode, 200)
  assert.equal((await ask('DELETE', at(1, 'products', id))).json().errorCode, 'not_in_catalogue')
  const { action, before, after } = await newest()
  assert.deepEqual([action, JSON.parse(before).title, after], ['delete_from_catalogue', 'Book', null])
  assert.equal((await proveAuditLog(database.pool, merchantId)).fault, undefined)
})
