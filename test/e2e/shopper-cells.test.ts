import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { connectClient } from '../../src/db/wire/connection.ts'
import { type CellsHouse, type Shop, startCellsHouse } from '../support/cells/cells-house.ts'
import { tercet } from '../support/cli.ts'
import { emptyCellDatabases } from '../support/database.ts'
import { aProfile, type TestShopper } from '../support/pages/shopper.ts'
import { shopperAt } from '../support/pages/shopper-over-http.ts'
import { anOrder } from '../support/payments/orders.ts'

/** Somebody who buys from a shop in each of two cells, whose databases are not the same. */
const { home, other } = await emptyCellDatabases()
const contact = 'ada.cells@example.com'
let house: CellsHouse
let shops: Readonly<Record<'c2' | 'far', Shop>>
let ada: TestShopper
const orders = { c2: '', far: '' }

const aCard = (number: string) => ({ number, expiry: '12/39', code: '123' })

async function orderAt(shop: Shop): Promise<string> {
  const { status, body, text } = await house.askPatiently(shop, '/v2/orders', anOrder())
  assert.equal(status, 200, text)
  return String(body.token)
}

async function capture(shop: Shop, token: string): Promise<void> {
  const { status, text } = await house.askPatiently(shop, '/v2/payments/capture', { token, merchantReference: token })
  assert.equal(status, 200, text)
}

const account = async (cell = '') => (await ada.get(`/account${cell && `?cell=${cell}`}`)).body

/** The account page once it says something: what jobs do first is waited for. */
async function accountSaying(wanted: RegExp, cell?: string): Promise<string> {
  for (const end = performance.now() + 60_000; ; await pause(50)) {
    const body = await account(cell)
    if (wanted.test(body)) return body
    assert(performance.now() < end, body)
  }
}

/** Of the account's page, what is said of one order. */
function partOf(body: string, token: string): string {
  return body.split('<li class="panel">').find((part) => part.includes(`orders/${token}`)) ?? ''
}

/** The amount on the button that pays this, once it is there: the first instalment is charged by a job before. */
async function amountOf(token: string, instalment: string): Promise<string> {
  const wanted = new RegExp(
    `name="instalment" value="${instalment}">\\s*<input type="hidden" name="amount" value="(\\d+)"`,
  )
  for (const end = performance.now() + 60_000; ; await pause(50)) {
    const amount = wanted.exec(partOf(await account('c2'), token))?.[1]
    if (amount !== undefined) return amount
    assert(performance.now() < end, `nothing to pay of ${instalment}`)
  }
}

async function pay(token: string, instalment: string): Promise<string> {
  const form = { order: token, instalment, amount: await amountOf(token, instalment) }
  return (await ada.post(`/account/pay?order=${token}`, form, '/account')).body
}

before(async () => {
  house = await startCellsHouse(home, other)
  shops = { c2: await house.addShop('Shop of c2', 'c2'), far: await house.addShop('Shop of far', 'far') }
  ada = shopperAt(`http://localhost:${house.env.PORT}`)
})

after(() => house?.close())

test('who has signed in at a shop of one cell buys from one of another with the same session, name and card', async () => {
  orders.c2 = await orderAt(shops.c2)
  const first = `/checkout/${orders.c2}`
  await ada.signIn(first, contact)
  await ada.post(`${first}/profile`, aProfile, first)
  const paid = await ada.post(`${first}/pay`, { card: 'new', ...aCard('4242 4242 4242 4242') }, first)
  assert.match(String(paid.headers.location), /SUCCESS/)
  orders.far = await orderAt(shops.far)
  const second = `/checkout/${orders.far}`
  const { body } = await ada.get(second)
  assert.match(body, /Visa ending in 4242/)
  assert.doesNotMatch(body, /name="contact"|name="givenNames"/)
  const card = /name="card" value="([\w-]{36})"/.exec(body)?.[1] ?? ''
  const again = await ada.post(`${second}/pay`, { card }, second)
  assert.match(String(again.headers.location), /SUCCESS/)
})

test('the account shows every purchase, card and session once, in whichever cell it is opened', async () => {
  for (const cell of ['main', 'c2', 'far']) {
    const body = await account(cell)
    assert.match(body, /Shop of far.*Shop of c2.*Visa •••• 4242.*This device/s, cell)
    assert.equal(body.split('•••• 4242').length, 2, cell)
    assert.equal(body.split('This device').length, 2, cell)
    assert.doesNotMatch(body, /cannot be shown/)
  }
  assert.match((await ada.get(`/account/orders/${orders.far}`)).body, /Receipt.*Shop of far/s)
  const { purchases, cards } = (await ada.get('/account/data?cell=c2')).json<{
    purchases: { order: string }[]
    cards: object[]
  }>()
  assert.deepEqual([purchases.map(({ order }) => order), cards.length], [[orders.far, orders.c2], 1])
})

test('pays what is open in another cell than the one whose page is open, and nobody else’s', async () => {
  for (const cell of ['c2', 'far'] as const) await capture(shops[cell], orders[cell])
  assert.match(await pay(orders.far, '2'), /Paid\. Thank you\./)
  const stranger = shopperAt(`http://localhost:${house.env.PORT}`)
  await stranger.signIn('/account', 'stan.cells@example.com')
  const form = { order: orders.far, instalment: 'all', amount: '3000' }
  const refused = await stranger.post(`/account/pay?order=${orders.far}`, form, '/account')
  assert.match(refused.body, /There was nothing to pay/)
})

test('a card that is added pays what is open in every cell', async () => {
  const address = /href="(\/account\/add-card[^"]*)"/.exec(await account('c2'))?.[1] ?? ''
  const kept = await ada.post(address, aCard('5555 5555 5555 4444'), address)
  assert.match(kept.body, /Your card is kept.*Mastercard •••• 4444.*Default/s)
  for (const cell of ['c2', 'far'] as const) {
    const { rows } = await house.pools[cell].query(
      `select p.card ->> 'last4' as pays, c.last4 as first from instalment_plan p join shopper_card c using (shopper_id)
       where p.payment_id = $1 and c.is_default and c.removed_at is null`,
      [orders[cell]],
    )
    assert.deepEqual(rows, [{ pays: '4444', first: '4444' }], cell)
  }
  const old = /name="card" value="([\w-]{36})"><button class="text" type="submit">Remove/.exec(
    await account('far'),
  )?.[1]
  await ada.post('/account/remove-card', { card: old ?? '' }, '/account')
  for (const cell of ['main', 'c2', 'far']) assert.doesNotMatch(await account(cell), /4242/, cell)
})

test('a command shows what somebody has bought in every cell', async () => {
  const { id, orders: here, elsewhere, isWhole } = await house.run(['shoppers', 'show', contact], 'c2')
  assert.ok((here as string[]).includes(orders.c2))
  assert.equal(isWhole, true)
  const accounts = elsewhere as { cell: string; id: string; orders: string[] }[]
  assert.ok(accounts.find(({ cell }) => cell === 'far')?.orders.includes(orders.far), JSON.stringify(accounts))
  const { out } = await tercet({ ...house.env, TERCET_CELLS: 'c2' }, ['shoppers', 'show', String(id)])
  assert.match(out, new RegExp(`in far .*active, .*${orders.far}`))
})

test('who is blocked is blocked in every cell', async () => {
  const command = (...words: string[]) => tercet({ ...house.env, TERCET_CELLS: 'c2' }, ['shoppers', ...words])
  assert.equal((await command('block', contact)).code, 0)
  const token = await orderAt(shops.far)
  const checkout = `/checkout/${token}`
  const card = /name="card" value="([\w-]{36})"/.exec((await ada.get(checkout)).body)?.[1] ?? ''
  const refused = await ada.post(`${checkout}/pay`, { card }, checkout)
  assert.doesNotMatch(String(refused.headers.location), /SUCCESS/)
  assert.equal((await house.ask(shops.far, `/v2/payments/${token}`)).body.status, 'created')
  assert.equal((await command('unblock', contact)).code, 0)
})

test('a merchant that moves keeps its shoppers signed in, and their purchases in their account', async () => {
  const mover = await house.addShop('Shop that moves', 'c2')
  const bea = shopperAt(`http://localhost:${house.env.PORT}`)
  const token = await orderAt(mover)
  const checkout = `/checkout/${token}`
  await bea.signIn(checkout, 'bea.cells@example.com')
  await bea.post(`${checkout}/profile`, aProfile, checkout)
  await bea.post(`${checkout}/pay`, { card: 'new', ...aCard('4242 4242 4242 4242') }, checkout)
  await house.run(['cells', 'move', mover.prefix, '--to', 'far'])
  assert.equal((await house.askPatiently(mover, `/v2/payments/${token}`)).status, 200)
  for (const cell of ['c2', 'far']) {
    const { body } = await bea.get(`/account?cell=${cell}`)
    assert.match(body, new RegExp(`Shop that moves.*${token}.*Visa •••• 4242.*This device`, 's'), cell)
  }
  await bea.post('/account/sign-out', {}, '/account')
  const { rows } = await house.pools.c2.query(
    `select count(*)::int as count from shopper_session join shopper_contact using (shopper_id) where contact = 'bea.cells@example.com'`,
  )
  assert.deepEqual(rows, [{ count: 0 }])
  assert.match((await bea.get('/account?cell=c2')).body, /name="contact"/)
})

// On Citus the two are one database.
const isOneDatabase = home === other
test(
  'while a cell is away the account shows the rest and says so, and nothing is forgotten by half',
  { skip: isOneDatabase },
  async () => {
    const name = new URL(other.url).pathname.slice(1)
    const admin = await connectClient(home.url)
    try {
      await admin.query(`alter database ${name} allow_connections false`)
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
      const body = await accountSaying(/cannot be shown at the moment/, 'c2')
      assert.match(body, /Shop of c2/)
      assert.doesNotMatch(body, /Shop of far/)
      assert.equal((await ada.post('/account/erase', {}, '/account?cell=c2')).statusCode, 503)
      const token = await orderAt(shops.c2)
      const checkout = `/checkout/${token}`
      const card = /name="card" value="([\w-]{36})"/.exec((await ada.get(checkout)).body)?.[1] ?? ''
      const bought = await ada.post(`${checkout}/pay`, { card }, checkout)
      assert.match(String(bought.headers.location), /SUCCESS/)
      assert.equal((await house.askPatiently(shops.c2, `/v2/payments/${token}/void`, {})).status, 200)
    } finally {
      await admin.query(`alter database ${name} allow_connections true`)
      await admin.end()
    }
  },
)

test('is forgotten in every cell at once, and in none while something is open in one of them', async () => {
  await accountSaying(/Shop of far/, 'c2')
  const erase = async () => (await ada.post('/account/erase', {}, '/account?cell=c2')).body
  assert.match(await pay(orders.c2, 'all'), /Paid\. Thank you\./)
  assert.match(await erase(), /Something is still open/)
  assert.match(await account('far'), /Mastercard •••• 4444/)
  assert.match(await pay(orders.far, '3'), /Paid\. Thank you\./)
  assert.match(await erase(), /Your account is deleted/)
  for (const pool of [house.pools.c2, house.pools.far]) {
    const { rows } = await pool.query(
      `select (select count(*)::int from shopper_contact where contact = $1) as contacts,
        (select count(*)::int from shopper_card c join shopper s using (shopper_id) where s.state = 'erased' and c.removed_at is null) as cards,
        (select count(*)::int from shopper where state = 'erased') as erased`,
      [contact],
    )
    assert.deepEqual(rows, [{ contacts: 0, cards: 0, erased: 1 }])
  }
  const directory = await home.pool.query(`select 1 from shopper_cell where contact = sha256(convert_to($1, 'UTF8'))`, [
    contact,
  ])
  assert.equal(directory.rowCount, 0)
  assert.match(await account('far'), /name="contact"/)
})
