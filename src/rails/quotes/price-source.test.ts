import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { someTime } from '../../../test/support/payments/factories.ts'
import type { Currency } from '../../kernel/currency.ts'
import { decimalOfUnits, tokenAmount } from '../../kernel/token-amount.ts'
import { createCoingecko } from './coingecko.ts'
import { createBinance, createKucoin } from './exchange-tickers.ts'
import type { PriceSource } from './price-source.ts'

const wishes = { assets: ['KCS', 'BNB', 'USDT', 'USD'], currencies: ['USD', 'EUR'].map((code) => code as Currency) }

/** A server that answers with the same to everybody. */
async function answering(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1')
  after(() => server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function told(source: PriceSource): Promise<string[]> {
  const prices = await source.fetch(wishes, someTime)
  return prices.map(({ asset, currency, price }) => `${asset}/${currency} ${decimalOfUnits(tokenAmount(price), 18)}`)
}

test('reads a price list, and what a dollar costs by what a Tether costs', async () => {
  const answer = {
    'kucoin-shares': { usd: 19.58, eur: 18.01 },
    tether: { usd: 1.001, eur: 0.92092 },
    binancecoin: { usd: 0 },
  }
  const source = createCoingecko(await answering(200, JSON.stringify(answer)))
  assert.deepEqual(await told(source), [
    ...['KCS/USD 19.58', 'KCS/EUR 18.01', 'USDT/USD 1.001', 'USDT/EUR 0.92092'],
    ...['USD/USD 1', 'USD/EUR 0.92'],
  ])
})

test('reads the tickers of exchanges as texts', async () => {
  assert.deepEqual(await told(createKucoin(await answering(200, '{"code":"200000","data":{"price":"19.612"}}'))), [
    'KCS/USD 19.612',
  ])
  const binance = createBinance(await answering(200, '{"symbol":"BNBUSDT","price":"912.40000000"}'))
  assert.deepEqual(await told(binance), ['BNB/USD 912.4'])
})

test('takes an error that is answered with 200, a nothing, and a flood for no answer', async () => {
  for (const body of [
    '{"code":"400100","msg":"bad"}',
    '{"data":{"price":"0"}}',
    '{"data":{"price":19}}',
    'hello',
    `"${'x'.repeat(300_000)}"`,
  ])
    await assert.rejects(createKucoin(await answering(200, body)).fetch(wishes, someTime))
  await assert.rejects(createKucoin(await answering(429, '{}')).fetch(wishes, someTime), /answered 429/)
})
