import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someTime } from '../../../test/support/payments/factories.ts'
import { defaultPriceRules, type Price, parsePrice } from '../../domain/chain/price.ts'
import type { Currency } from '../../kernel/currency.ts'
import { minute, plus } from '../../kernel/instant.ts'
import { createFixedPrices, sandboxPrices } from './fixed-prices.ts'
import { createPriceBook } from './price-book.ts'
import type { PriceSource } from './price-source.ts'

const [USD, EUR] = ['USD' as Currency, 'EUR' as Currency]
const wishes = { assets: ['KCS', 'USDT', 'USD'], currencies: [USD, EUR] }
const kcs = { symbol: 'KCS', peg: null }
const tether = { symbol: 'USDT', peg: 'USD' } as const

type Told = Readonly<Record<string, string>>

/** `{ 'KCS/USD': '19.5' }`; an empty table is a source that cannot be reached. */
function aSource(name: string, told: Told): PriceSource & { told: Told } {
  const source = {
    name,
    told,
    fetch: async (_wishes: unknown, at: typeof someTime) => {
      if (Object.keys(source.told).length === 0) throw new Error('no answer')
      return Object.entries(source.told).map(([pair, text]) => {
        const [asset = '', currency] = pair.split('/')
        return { asset, currency: currency as Currency, price: parsePrice(text) as Price, source: name, at }
      })
    },
  }
  return source
}

async function aBook(...sources: PriceSource[]) {
  const book = createPriceBook(sources, defaultPriceRules)
  await book.refresh(wishes, someTime)
  const price = (token: { symbol: string; peg: 'USD' | null }, currency = USD, now = someTime) => {
    const agreed = book.price(token, currency, now)
    return agreed.ok ? agreed.value.price : agreed.reason.reason
  }
  return { book, price }
}

test('takes the median of the sources, the lower one of two', async () => {
  const sources = ['19.5', '19.6', '19.9'].map((text, i) => aSource(`s${i}`, { 'KCS/USD': text }))
  assert.equal((await aBook(...sources)).price(kcs), parsePrice('19.6'))
  assert.equal((await aBook(...sources.slice(0, 2))).price(kcs), parsePrice('19.5'))
})

test('believes none of the sources when they are too far apart', async () => {
  const { price } = await aBook(aSource('a', { 'KCS/USD': '10' }), aSource('b', { 'KCS/USD': '20' }))
  assert.equal(price(kcs), 'price_in_doubt')
})

test('goes on with what a source told until that is too old, and refuses then; never zero', async () => {
  const source = aSource('a', { 'KCS/USD': '19.5' })
  const { book, price } = await aBook(source)
  source.told = {}
  await book.refresh(wishes, plus(someTime, minute))
  assert.deepEqual(book.health(), [{ name: 'a', prices: 1, problem: 'no answer' }])
  assert.equal(price(kcs, USD, plus(someTime, 5n * minute)), parsePrice('19.5'))
  assert.equal(price(kcs, USD, plus(someTime, 6n * minute)), 'no_price')
  assert.equal(parsePrice('0'), undefined)
  assert.equal(parsePrice('0.0000000000000000001'), undefined)
})

test('sees a price in dollars from another currency, and takes the source’s own where it has one', async () => {
  const ticker = aSource('ticker', { 'KCS/USD': '20' })
  const list = aSource('list', { 'USD/EUR': '0.9' })
  assert.equal((await aBook(ticker, list)).price(kcs, EUR), parsePrice('18'))
  const both = aSource('list', { 'USD/EUR': '0.9', 'KCS/EUR': '17.5', 'KCS/USD': '21' })
  assert.equal((await aBook(ticker, both)).price(kcs, EUR), parsePrice('17.5'))
})

test('takes a dollar token for a dollar as long as it is one', async () => {
  const at = (text: string) => aBook(aSource('a', { 'USDT/USD': text, 'USD/EUR': '0.9' }))
  assert.equal((await at('0.9995')).price(tether), parsePrice('1'))
  assert.equal((await at('0.9995')).price(tether, EUR), parsePrice('0.9'))
  assert.equal((await at('0.97')).price(tether), 'price_in_doubt')
  assert.equal((await at('1.03')).price(tether), 'price_in_doubt')
  assert.equal((await aBook(aSource('a', { 'KCS/USD': '1' }))).price(tether), 'no_price')
})

test('the sandbox has a price for its tokens in all eighteen currencies, without a network', async () => {
  const { price } = await aBook(createFixedPrices(sandboxPrices))
  assert.equal(price(kcs, USD, plus(someTime, 1_000n * minute)), parsePrice('19.58'), 'it does not age')
  const currencies = Object.keys(sandboxPrices.prices.USD ?? {})
  assert.equal(currencies.length, 18)
  for (const code of currencies)
    for (const token of [kcs, tether, { symbol: 'BNB', peg: null }])
      assert.equal(typeof price(token, code as Currency), 'bigint', `${token.symbol} in ${code}`)
})
