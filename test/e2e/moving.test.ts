import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createSealer } from '../../src/app/shared/seal.ts'
import { movedTables } from '../../src/db/cell/move/moved-tables.ts'
import { type Answer, type CellsHouse, type Shop, startCellsHouse } from '../support/cells/cells-house.ts'
import { killMover } from '../support/cells/kill-mover.ts'
import { emptyCellDatabases } from '../support/database.ts'
import { anOrder } from '../support/payments/orders.ts'
import { startReceiver } from '../support/protocols/webhooks.ts'

const { home, other } = await emptyCellDatabases()
const receiver = await startReceiver()
let house: CellsHouse
let shop: Shop
let neighbour: Shop
const orders = { captured: '', authorized: '', open: '', inPlan: '', neighbours: '' }
let firstAnswer: Answer
let listener: string
let cursor: string
let heardBefore: readonly string[]

const amount = (text: string) => ({ amount: text, currency: 'EUR' })

async function create(of: Shop, key?: string): Promise<string> {
  const { status, body, text } = await house.ask(of, '/v2/orders', anOrder(), key)
  assert.equal(status, 200, text)
  return String(body.token)
}

async function authorize(of: Shop, token: string): Promise<void> {
  const { body, text } = await house.ask(of, `/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
  assert.equal(body.status, 'authorized', text)
}

async function capture(of: Shop, token: string): Promise<Answer> {
  return await house.ask(of, '/v2/payments/capture', { token, merchantReference: `R-${token}` }, `capture ${token}`)
}

async function hear(after: string): Promise<{ ids: string[]; cursor: string }> {
  const { status, body, text } = await house.ask(shop, `/tercet/webhooks/listeners/${listener}/events?after=${after}`)
  assert.equal(status, 200, text)
  const { events } = body as { events: { id: string; event: string; sequence: number; cursor: string }[] }
  const ids = events.map(({ id, event, sequence, cursor: place }) => `${place} ${id} ${event} ${sequence}`)
  return { ids, cursor: String(body.cursor) }
}

/** What only requests write: everything else, jobs may write at any time. */
const written = [
  'payment',
  'event',
  'transfer',
  'attempt',
  'idempotency',
  'checkout',
  'shopper_order',
  'instalment_plan',
]

async function rowsIn(cell: 'c2' | 'far', shopId: number, tables?: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { table, owner } of movedTables.filter((each) => tables?.includes(each.table) ?? true)) {
    const { rows } = await house.pools[cell].query(`select count(*)::int as count from ${table} where ${owner} = $1`, [
      shopId,
    ])
    if (rows[0].count > 0) counts[table] = rows[0].count
  }
  return counts
}

/** A shopper with two orders at the shop, of whom the other cell knows the address already, and one of whom it does not. */
const [known, stranger, knownThere] = ['1', '2', '3'].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`)

async function addShoppers(): Promise<void> {
  const insert = async (cell: 'c2' | 'far', id = '', contact = '') => {
    await house.pools[cell].query(
      `insert into shopper (shopper_id, email, language, created_at) values ($1, $2, 'it', now())`,
      [id, contact],
    )
    await house.pools[cell].query('insert into shopper_contact (contact, shopper_id) values ($2, $1)', [id, contact])
    await house.pools[cell].query(
      `insert into shopper_card (shopper_id, card_id, brand, last4, expiry_month, expiry_year, acquirer, token, is_default, created_at)
       values ($1, gen_random_uuid(), 'visa', '4242', 12, 2030, 'sandbox', $2, true, now())`,
      [id, createSealer(Buffer.from('7'.repeat(64), 'hex')).seal(`sandboxcard_4242_122030_${id}`)],
    )
  }
  await insert('c2', known, 'known@shop.example')
  await insert('c2', stranger, 'stranger@shop.example')
  await insert('far', knownThere, 'known@shop.example')
  for (const [token, shopper] of [
    [orders.captured, known],
    [orders.authorized, stranger],
  ]) {
    await house.pools.c2.query(
      `insert into checkout (merchant_id, payment_id, shopper_id, updated_at) values ($1, $2, $3, now())
       on conflict (merchant_id, payment_id) do update set shopper_id = excluded.shopper_id`,
      [shop.id, token, shopper],
    )
    await house.pools.c2.query('insert into shopper_order values ($1, $2, $3, now()) on conflict do nothing', [
      shopper,
      shop.id,
      token,
    ])
  }
  await house.pools.c2.query('update instalment_plan set shopper_id = $3 where merchant_id = $1 and payment_id = $2', [
    ...[shop.id, orders.captured, known],
  ])
}

before(async () => {
  house = await startCellsHouse(home, other)
  shop = await house.addShop('Shop that moves', 'c2')
  neighbour = await house.addShop('Neighbour', 'c2')
  listener = String((await house.ask(shop, '/tercet/webhooks/listeners', {})).body.id)
  assert.equal((await house.ask(shop, '/sandbox/webhooks/endpoint', { url: receiver.url })).status, 200)
  firstAnswer = await house.ask(shop, '/v2/orders', anOrder(), 'the first purchase')
  orders.open = String(firstAnswer.body.token)
  orders.captured = await create(shop)
  orders.authorized = await create(shop)
  orders.inPlan = await create(shop)
  orders.neighbours = await create(neighbour)
  for (const token of [orders.captured, orders.authorized, orders.inPlan]) await authorize(shop, token)
  for (const token of [orders.captured, orders.inPlan]) assert.equal((await capture(shop, token)).status, 200)
  ;({ ids: heardBefore, cursor } = await hear('0'))
  assert(heardBefore.length >= 3)
  await addShoppers()
})

after(() => house?.close())

test('a merchant moves under load: every order that was acknowledged is there once, and all else was 503', async () => {
  const acknowledged = new Map<string, string>()
  const others: Answer[] = []
  const neighbours: number[] = []
  let isOver = false
  const buy = async (buyer: number) => {
    for (let number = 0; !isOver; number++) {
      const key = `${buyer}/${number}`
      for (;;) {
        const answer = await house.ask(shop, '/v2/orders', anOrder(), key)
        if (answer.status === 200) {
          acknowledged.set(key, String(answer.body.token))
          await pause(40)
          break
        }
        others.push(answer)
        // Whether it was done is not known: it is asked until it is.
        await pause(20)
      }
    }
  }
  const watchNeighbour = async () => {
    for (; !isOver; await pause(40)) neighbours.push((await house.ask(neighbour, '/v2/orders', anOrder())).status)
  }
  const running = [buy(1), buy(2), buy(3), watchNeighbour()]
  const moved = await house.run(['cells', 'move', shop.prefix, '--to', 'far'])
  // It is found in its new cell without being told.
  await house.askPatiently(shop, `/v2/payments/${orders.open}`)
  isOver = true
  await Promise.all(running)
  assert.deepEqual([moved.from, moved.to], ['c2', 'far'])
  assert(Number(moved.rows) > 20)
  assert(acknowledged.size > 10)
  assert(others.length > 0, 'for a moment it was closed')
  assert.deepEqual([...new Set(others.map(({ status, retryAfter }) => `${status} ${retryAfter}`))], ['503 1'])
  // A busy machine may let an order wait for too long, moved or not.
  const late = neighbours.filter((status) => status === 503).length
  assert(neighbours.length > 10 && late * 10 < neighbours.length, `${late} of ${neighbours.length}`)
  assert.deepEqual(
    [...new Set(neighbours)].filter((status) => status !== 503),
    [200],
  )
  const { rows } = await house.pools.far.query(
    `select count(*)::int as payments, (select count(*)::int from idempotency where merchant_id = $1 and key ~ '^[123]/') as keys
     from payment where merchant_id = $1`,
    [shop.id],
  )
  assert.equal(rows[0].keys, acknowledged.size)
  assert.equal(rows[0].payments, acknowledged.size + 4)
  assert.equal(new Set(acknowledged.values()).size, acknowledged.size)
  for (const [key, token] of [...acknowledged].slice(-20)) {
    const again = await house.ask(shop, '/v2/orders', anOrder(), key)
    assert.deepEqual([again.status, again.isReplay, again.body.token], [200, true, token])
  }
})

test('keys, orders, replays and instalment plans go on where it lives now', async () => {
  const replay = await house.ask(shop, '/v2/orders', anOrder(), 'the first purchase')
  assert.deepEqual([replay.status, replay.isReplay, replay.text], [200, true, firstAnswer.text])
  const otherBody = await house.ask(shop, '/v2/orders', anOrder({ merchantReference: 'other' }), 'the first purchase')
  assert(otherBody.status >= 400 && otherBody.status < 500)
  assert.equal((await capture(shop, orders.authorized)).status, 200)
  assert.equal((await capture(shop, orders.captured)).isReplay, true)
  const refund = { refundAmount: amount('10.00'), merchantReference: `R-${orders.captured}` }
  assert.equal((await house.ask(shop, `/v2/payments/${orders.captured}/refund`, refund)).status, 200)
  await authorize(shop, orders.open)
  const { status, body } = await house.ask(shop, `/sandbox/orders/${orders.captured}/plan`)
  assert.equal(status, 200)
  assert.equal((body.instalments as unknown[]).length, 3)
})

test('a listener goes on at its place, with every event once', async () => {
  const later: string[] = []
  for (let next = await hear(cursor); next.ids.length > 0; next = await hear(next.cursor)) later.push(...next.ids)
  assert(later.length > 0)
  assert.equal(new Set([...heardBefore, ...later]).size, heardBefore.length + later.length)
  const all: string[] = []
  for (let next = await hear('0'); next.ids.length > 0; next = await hear(next.cursor)) all.push(...next.ids)
  // More may have happened meanwhile.
  const heard = [...heardBefore, ...later]
  assert.deepEqual(all.slice(0, heard.length), heard)
})

test('webhooks go on with the next number, each under one id', async () => {
  const { rows } = await house.pools.far.query<{ sequence: number; id: string }>(
    'select sequence, message_id as id from webhook_message where merchant_id = $1 and source_id = $2 order by sequence',
    [shop.id, orders.captured],
  )
  assert(rows.length >= 4)
  const events = await house.pools.far.query<{ sequence: number }>(
    `select sequence from event where merchant_id = $1 and source_kind = 'p' and source_id = $2 order by sequence`,
    [shop.id, orders.captured],
  )
  assert.deepEqual(
    events.rows.map(({ sequence }) => sequence),
    events.rows.map((_, index) => index + 1),
  )
  const came = () =>
    receiver.requests
      .filter(({ body }) => JSON.parse(body).orderToken === orders.captured)
      .map(({ headers }) => `${headers['tercet-sequence']} ${headers['webhook-id']}`)
  const wanted = rows.map(({ sequence, id }) => `${sequence} ${id}`)
  for (const end = performance.now() + 60_000; !wanted.every((each) => came().includes(each)); await pause(50))
    assert(performance.now() < end, `${came()} instead of ${wanted}`)
  // At least once, and each time under its own id.
  assert.deepEqual([...new Set(came())].sort(), wanted.toSorted())
})

test('time goes on in both cells: its instalments are collected where it lives, and nothing happens to its old rows', async () => {
  const old = await house.pools.c2.query(
    'select md5(string_agg(p::text, $2 order by payment_id)) as hash from payment p where merchant_id = $1',
    [shop.id, ' '],
  )
  // The one that it shall go back to first: its clock must not be behind then.
  const { body: moved, text } = await house.ask(neighbour, '/sandbox/clock', { advanceMilliseconds: 33 * 86_400_000 })
  assert.equal((await house.ask(shop, '/sandbox/clock', { to: moved.now })).status, 200, text)
  const { body } = await house.ask(shop, `/sandbox/orders/${orders.inPlan}/plan`)
  const { instalments } = body as { instalments: { status: string }[] }
  assert.deepEqual(
    instalments.map(({ status }) => status),
    ['paid', 'paid', 'scheduled'],
  )
  const now = await house.pools.c2.query(
    'select md5(string_agg(p::text, $2 order by payment_id)) as hash from payment p where merchant_id = $1',
    [shop.id, ' '],
  )
  assert.deepEqual(now.rows, old.rows)
})

test('its shoppers are known in the new cell: by the account they had there, or by their own', async () => {
  const { rows } = await house.pools.far.query(
    'select payment_id, shopper_id from checkout where merchant_id = $1 and shopper_id is not null order by payment_id = $2 desc',
    [shop.id, orders.captured],
  )
  assert.deepEqual(rows, [
    { payment_id: orders.captured, shopper_id: knownThere },
    { payment_id: orders.authorized, shopper_id: stranger },
  ])
  const cards = await house.pools.far.query(
    `select shopper_id, count(*)::int as cards, count(*) filter (where is_default)::int as first from shopper_card
     where shopper_id = any($1) group by 1 order by 1`,
    [[knownThere, stranger]],
  )
  assert.deepEqual(cards.rows, [
    { shopper_id: stranger, cards: 1, first: 1 },
    { shopper_id: knownThere, cards: 2, first: 1 },
  ])
})

test('the database of the old cell refuses what a server that heard of nothing would write', async () => {
  const writes = [
    `update payment set total = total where merchant_id = ${shop.id}`,
    `delete from api_key where merchant_id = ${shop.id}`,
    `insert into payment_note select ${shop.id}, '${orders.open}', gen_random_uuid(), 'a', 'b', now()`,
  ]
  for (const write of writes) await assert.rejects(house.pools.c2.query(write), { code: '55T01' })
  await house.pools.c2.query(`update payment set total = total where merchant_id = ${neighbour.id}`)
})

test('other merchants of both cells are untouched, and the ledgers of both agree', async () => {
  assert.equal((await house.ask(neighbour, `/v2/payments/${orders.neighbours}`)).status, 200)
  for (const cell of ['c2', 'far']) assert.ok(await house.run(['ledger', 'check'], cell))
  const listed = async (cell: string) =>
    ((await house.run(['merchants', 'list'], cell)).merchants as { id: number }[]).map(({ id }) => id)
  assert.deepEqual(await listed('c2'), [neighbour.id])
  assert.deepEqual(await listed('far'), [shop.id])
  const { moves } = (await house.run(['cells', 'moves'])) as { moves: { merchant: number; movedAt: unknown }[] }
  assert.deepEqual(
    moves.map(({ merchant, movedAt }) => [merchant, movedAt !== null]),
    [[shop.id, true]],
  )
})

test('its old rows are dropped but for its names, which still say that it is elsewhere', async () => {
  const before = await rowsIn('far', shop.id, written)
  await house.run(['cells', 'drop-moved', shop.prefix])
  const left = Object.keys(await rowsIn('c2', shop.id))
  assert.deepEqual(left.sort(), ['api_key', 'merchant'])
  assert.deepEqual(await rowsIn('far', shop.id, written), before)
  const { rows } = await house.pools.c2.query(
    `select count(*)::int as count from pg_trigger where tgname like 'moving_%'`,
  )
  assert.equal(rows[0].count, 0)
  assert.equal((await house.ask(shop, `/v2/payments/${orders.open}`)).status, 200)
  assert.equal((await house.ask(neighbour, `/v2/payments/${orders.neighbours}`)).status, 200)
})

test('a merchant whose mover is killed while nobody serves it is served again, where it was or where it has moved', async () => {
  const third = await house.addShop('Third', 'far')
  const cells = Object.entries(house.urls).map(([name, url]) => ({ name, url }))
  for (const [stage, wanted] of [
    ['switching', 'far'],
    ['opening', 'c2'],
  ] as const) {
    await killMover(cells, { merchant: third.id, target: 'c2', stage })
    assert.equal((await house.askPatiently(third, '/sandbox/clock')).status, 200)
    const listed = (await house.run(['merchants', 'list'], wanted)).merchants as { id: number }[]
    assert(listed.some(({ id }) => id === third.id))
  }
})

test('moves back, and a drained cell is empty', async () => {
  const token = await create(shop, 'before it moves back')
  const counts = await rowsIn('far', shop.id, written)
  const drained = await house.run(['cells', 'drain', 'far', '--to', 'c2'])
  assert.deepEqual(drained.moved, [
    {
      merchant: shop.id,
      from: 'far',
      to: 'c2',
      rows: Object(drained.moved)[0].rows,
      closedMs: Object(drained.moved)[0].closedMs,
    },
  ])
  assert.equal((await house.askPatiently(shop, `/v2/payments/${orders.open}`)).status, 200)
  assert.deepEqual(await rowsIn('c2', shop.id, written), counts)
  const { rows } = await house.pools.c2.query(
    'select shopper_id from checkout where merchant_id = $1 and shopper_id is not null order by payment_id = $2 desc',
    [shop.id, orders.captured],
  )
  assert.deepEqual(
    rows.map(({ shopper_id }) => shopper_id),
    [known, stranger],
    'each by the account of that cell',
  )
  const replay = await house.ask(shop, '/v2/orders', anOrder(), 'before it moves back')
  assert.deepEqual([replay.isReplay, replay.body.token], [true, token])
  assert.equal((await house.run(['cells', 'show', 'far'])).merchants, 0)
})

test('says in one line why a merchant cannot move', async () => {
  for (const [words, said] of [
    [['move', shop.prefix, '--to', 'c2'], /lives in c2 already/],
    [['move', shop.prefix, '--to', 'c9'], /there is no cell c9/],
    [['move', 'SHOP', '--to', 'c2'], /sandbox's own merchants stay/],
    [['move', 'nobody', '--to', 'c2'], /there is no such merchant/],
    [['move', neighbour.prefix, '--undo'], /there is no such move/],
    [['move', neighbour.prefix], /say where to with --to, or --undo/],
  ] as const) {
    const { code, err } = await house.command(['cells', ...words])
    assert.equal(code, 1)
    assert.match(err, said)
  }
})
