import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { hashKey } from '../../../src/app/merchant/hash-key.ts'
import { runCli } from '../../../src/cli/run-cli.ts'
import { triggers } from '../../../src/cli/trigger/recipes.ts'
import { sandboxCatalogue } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import { kupayToken, scalapayMerchantKey } from '../../../src/main/fixtures.ts'
import { cliRun, tercet } from '../../support/cli.ts'
import { testDatabase } from '../../support/database.ts'
import { makeTestFolder } from '../../support/folder.ts'
import { freePort } from '../../support/free-port.ts'
import { longPatience } from '../../support/patience.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { aKupayPayment } from '../../support/protocols/kupay.ts'
import { startReceiver } from '../../support/protocols/webhooks.ts'

const root = join(import.meta.dirname, '../../..')
const program = join(root, 'src/cli/tercet.js')
const database = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'tercet-cli-'))
after(() => rm(folder, { recursive: true, force: true }))

const env = {
  DATABASE_URL: database.url,
  TERCET_DATA: folder,
  TERCET_SECRET_KEY: '07'.repeat(32),
  PORT: String(await freePort()),
  ...longPatience,
}

/** The program's own file is what is executed, with the Node that its first line finds. */
function spawnTercet(words: readonly string[]): ChildProcess {
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  return spawn(program, words, { env: { ...env, PATH: path }, stdio: ['ignore', 'pipe', 'inherit'] })
}

async function startServer(): Promise<string> {
  const child = spawnTercet(['start', '--json'])
  after(async () => {
    const ended = once(child, 'close')
    child.kill('SIGTERM')
    await ended
  })
  assert(child.stdout)
  // Its log is on the same output: a crowded machine may have a warning before this line, or behind it in one piece.
  let said = ''
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk)
    const line = said
      .split('\n')
      .slice(0, -1)
      .find((each) => each.startsWith('{"url"'))
    if (line) {
      child.stdout.resume()
      return JSON.parse(line).url
    }
  }
  assert.fail('the server ended')
}

const url = await startServer()
assert.equal(url, `http://localhost:${env.PORT}`)

async function json(...words: string[]) {
  const { code, out, err } = await tercet(env, [...words, '--json'])
  assert.equal(code, 0, err)
  return JSON.parse(out)
}

async function createOrder(overrides: Record<string, unknown> = {}, key = scalapayMerchantKey): Promise<string> {
  const response = await fetch(`${url}/v2/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(anOrder(overrides)),
  })
  return ((await response.json()) as { token: string }).token
}

test('a merchant and its key: made, used, listed without the key, revoked', async () => {
  const merchant = await json('merchants', 'add', "Ada's Chairs", '--fee', '2.9', '--product', 'pay-in-3:5-2000')
  assert.deepEqual(merchant.products[0].maximum, { amount: '2000.00', currency: 'EUR' })
  const made = await json('keys', 'create', '--merchant', String(merchant.id))
  assert.match(made.key, /^sp_test_[0-9a-f]{48}$/)
  const token = await createOrder({}, made.key)
  assert.equal(token.slice(0, 4), merchant.prefix)
  const authorized = await json('orders', 'authorize', token, '--card', '4242424242424242', '--key', made.key)
  assert.deepEqual(authorized, { token, status: 'authorized', declined: false })

  const listed = await tercet(env, ['keys', 'list'])
  assert.match(listed.out, new RegExp(`${made.id} .*${made.key.slice(-4)}`))
  assert.doesNotMatch(
    listed.out + JSON.stringify(await json('keys', 'list')),
    new RegExp(`${made.key}|${hashKey(made.key).toString('hex')}`),
  )

  assert.deepEqual(await json('keys', 'revoke', made.id), { id: made.id, revoked: true })
  assert.equal((await json('audit', 'check', '--merchant', String(merchant.id)))[0].entries, 2, 'made and revoked')
  const again = await tercet(env, ['keys', 'revoke', made.id])
  assert.deepEqual(
    [again.code, again.err],
    [1, `tercet: there is no live key ${made.id}: tercet keys list shows them\n`],
  )
  assert.equal(
    (await json('keys', 'list')).keys.find((key: { id: string }) => key.id === made.id).revokedAt === null,
    false,
  )
  const refused = await tercet(env, ['clock', '--key', 'sp_test_nobody'])
  assert.deepEqual([refused.code, refused.out], [1, ''])
})

test('invites the first owner of a merchant, and proves the audit log', async () => {
  const { link, email } = await json('users', 'invite', 'First@Example.com', '--merchant', 'SHOP')
  assert.equal(email, 'first@example.com')
  assert(link.startsWith(`${url}/portal/invitation/`))
  const { invitations, members } = await json('users', 'list', '--merchant', 'SHOP')
  assert.deepEqual(
    invitations.map((each: { email: string; role: string }) => [each.email, each.role]),
    [['first@example.com', 'owner']],
  )
  assert.deepEqual(
    members.map((each: { email: string }) => each.email),
    ['demo.owner@example.com'],
  )
  const [chain] = await json('audit', 'check', '--merchant', 'SHOP')
  assert.deepEqual([chain.entries, chain.fault], [1, null])
  const refused = await tercet(env, ['users', 'invite', 'nobody', '--merchant', 'SHOP'])
  assert.deepEqual(
    [refused.code, refused.err],
    [1, 'tercet: This is not an e-mail address. It looks like name@example.com.\n'],
  )
})

test('a merchant is known by id, prefix or name, and asked for when it is not clear', async () => {
  const { merchants } = await json('merchants', 'list')
  const shop = merchants.find((each: { prefix: string }) => each.prefix === 'SHOP')
  for (const name of [String(shop.id), 'SHOP', 'Sandbox Shop']) {
    const { keys } = await json('keys', 'list', '--merchant', name)
    assert(keys.length >= 2 && keys.every((key: { merchant: number }) => key.merchant === shop.id))
  }
  const unclear = await tercet(env, ['webhooks', 'list'])
  assert.equal(unclear.code, 1)
  assert.match(unclear.err, /^tercet: say which merchant with --merchant: 1 \(Sandbox Shop\), 2 [^\n]+\n$/)
  for (const name of ['0', '99999999', '2147483648', 'nobody', '', '__proto__'])
    assert.equal((await tercet(env, ['webhooks', 'list', '--merchant', name])).code, 1, name)
})

test('a merchant is shown, changed and closed, and an open one keeps what it had', async () => {
  const { id } = await json('merchants', 'add', 'Closing Shop', '--order-expiry', '90m', '--product', 'pay-in-3:5-2000')
  const { key } = await json('keys', 'create', '--merchant', String(id))
  const shown = await tercet(env, ['merchants', 'show', 'Closing Shop'])
  assert.match(shown.out, /^order expiry +at most 90m$/m)
  const changed = await json(
    'merchants',
    'set',
    String(id),
    '--fee',
    '4.5',
    '--product',
    'later:10-500',
    '--time-zone',
    'Pacific/Auckland',
  )
  assert.equal(changed.timeZone, 'Pacific/Auckland')
  assert.deepEqual([changed.feePartsPerMillion, changed.maximumOrderExpiryMilliseconds], [45_000, 5_400_000])
  assert.deepEqual(
    changed.products.map((each: { product: string }) => each.product),
    ['later'],
  )
  assert.deepEqual(await json('merchants', 'show', String(id)), changed)
  const branded = await json('merchants', 'set', String(id), '--colour', '#07f', '--locale', 'is')
  assert.deepEqual([branded.colour, branded.language, branded.logoId], ['#0077ff', 'is', null])
  const plain = await json('merchants', 'set', String(id), '--colour', 'none', '--locale', 'none')
  assert.deepEqual(plain, changed)
  // Its key, and its two looks.
  assert.equal((await json('audit', 'check', '--merchant', String(id)))[0].entries, 3)
  for (const [wrong, said] of [
    [['--time-zone', 'Mars/Olympus'], /IANA/],
    [['--name', ''], /name must be/],
    [['--colour', 'red'], /written like #0b5c49/],
    [['--fee', '9', '--most-owed', '7', '--colour', 'red'], /written like #0b5c49/],
    [['--logo', '/nowhere.png'], /cannot be read/],
    [['--logo', import.meta.filename], /PNG, JPEG, WebP or GIF/],
    [[], /say what to set/],
  ] as const) {
    const refused = await tercet(env, ['merchants', 'set', String(id), ...wrong])
    assert.deepEqual([refused.code, refused.out], [1, ''])
    assert.match(refused.err, said)
  }
  assert.deepEqual(await json('merchants', 'show', String(id)), changed, 'what is refused in part is refused whole')

  assert.deepEqual(await json('merchants', 'disable', String(id)), { id, disabled: true })
  assert.match((await tercet(env, ['merchants', 'list'])).out, /Closing Shop .* yes$/m)
  // Asked for the first time now, so no server remembers it from before.
  const closed = await tercet(env, ['clock', '--key', key])
  assert.deepEqual(
    [closed.code, closed.err],
    [1, 'tercet: the server does not know this key: give a merchant key with --key\n'],
  )
  await json('merchants', 'enable', String(id))
  assert.equal((await tercet(env, ['clock', '--key', key])).code, 0)
})

test('a shopper is shown, blocked, and forgotten', async () => {
  const contact = 'test.shopper@example.com'
  const shown = await json('shoppers', 'show', contact)
  assert.deepEqual([shown.email, shown.state, shown.isOpen], [contact, 'active', false])
  assert.deepEqual(await json('shoppers', 'block', shown.id), { id: shown.id, state: 'blocked' })
  assert.equal((await json('shoppers', 'show', '+393330000001')).state, 'blocked')
  assert.deepEqual(await json('shoppers', 'unblock', contact), { id: shown.id, state: 'active' })
  assert.deepEqual(await json('shoppers', 'erase', contact), { id: shown.id, erased: true })
  const erased = await json('shoppers', 'show', shown.id)
  assert.deepEqual([erased.state, erased.email, erased.profile, erased.cards], ['erased', null, null, []])
  for (const args of [
    ['show', contact],
    ['block', shown.id],
    ['show', 'nobody'],
  ])
    assert.equal((await tercet(env, ['shoppers', ...args])).code, 1)
})

test('the payment addresses of a closed merchant are as unknown as any other', async () => {
  await json('merchants', 'disable', 'SCLD')
  const { organization, channels, instances } = sandboxCatalogue
  const address = `${url}/v/1/${organization.uuid}/${channels?.[0]?.uuid}/${instances?.[0]?.uuid}`
  const response = await fetch(address, { method: 'POST', body: '{}' })
  assert.deepEqual([response.status, ((await response.json()) as { errorCode: number }).errorCode], [404, 2])
  await json('merchants', 'enable', 'SCLD')
})

test('says of an order of another API why a command does not change it, and who does', async () => {
  const made = await fetch(`${url}/v1/payment/create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${kupayToken}` },
    body: JSON.stringify(aKupayPayment({ callback_url: 'http://localhost:9/hooks' })),
  })
  const { payment_id: id } = (await made.json()) as { payment_id: string }
  assert.match((await tercet(env, ['orders', 'show', id])).out, /^api +kupay/m)
  for (const words of [['capture'], ['void'], ['delay'], ['refund', '--amount', '1.00']]) {
    const [verb = '', ...rest] = words
    const refused = await tercet(env, ['orders', verb, id, ...rest])
    assert.deepEqual([refused.code, refused.out], [1, ''])
    assert.match(refused.err, /is a KuPay payment: .* a refund is sent from that wallet\n$/)
  }
})

test('orders are listed by state, reference and time, page by page; an empty list says so', async () => {
  const merchant = await json('merchants', 'add', 'Listing Shop', '--product', 'pay-in-3:5-2000')
  const { key } = await json('keys', 'create', '--merchant', String(merchant.id))
  const of = ['--merchant', String(merchant.id)]
  assert.equal((await tercet(env, ['orders', 'list', ...of])).out, 'This merchant has no order yet.\n')
  assert.match((await tercet(env, ['webhooks', 'deliveries', ...of])).out, /^Nothing was sent/)
  const tokens: string[] = []
  for (const reference of ['A', 'B', 'C']) tokens.unshift(await createOrder({ merchantReference: reference }, key))
  await json('orders', 'authorize', String(tokens[1]), '--card', '4242424242424242', '--key', key)
  const listed = async (...words: string[]) => {
    const { orders, next } = await json('orders', 'list', ...of, ...words)
    return [orders.map((order: { token: string }) => order.token), next]
  }
  assert.deepEqual(await listed(), [tokens, null])
  assert.deepEqual(await listed('--state', 'authorized'), [[tokens[1]], null])
  assert.deepEqual(await listed('--reference', 'A', '--from', '1h'), [[tokens[2]], null])
  assert.deepEqual(await listed('--limit', '2'), [tokens.slice(0, 2), tokens[1]])
  assert.deepEqual(await listed('--limit', '2', '--before', String(tokens[1])), [[tokens[2]], null])
  assert.equal((await tercet(env, ['orders', 'list', ...of, '--to', '1h'])).out, 'There is no such order.\n')
  assert.match(
    (await tercet(env, ['orders', 'list', ...of])).out,
    new RegExp(`^${tokens[1]} .* authorized +90.00 EUR +B$`, 'm'),
  )
})

test('orders are captured, delayed, voided and refunded, once per key, and refusals are sentences', async () => {
  const authorized = async () => {
    const token = await createOrder()
    await json('orders', 'authorize', token, '--card', '4242424242424242')
    return token
  }
  const captured = await authorized()
  const capture = await tercet(env, ['orders', 'capture', captured, '--amount', '60.00'])
  assert.deepEqual([capture.out, capture.err], [`captured: ${captured} is charged\n`, ''])
  const refund = [
    'orders',
    'refund',
    captured,
    '--amount',
    '25.00',
    '--reference',
    'BACK-1',
    '--idempotency-key',
    'one',
  ]
  const first = await json(...refund)
  assert.deepEqual([first.status, first.answer.merchantRefundReference], ['partially_refunded', 'BACK-1'])
  assert.deepEqual(await json(...refund), first)
  assert.deepEqual((await json('orders', 'show', captured)).openToRefund, { amount: '35.00', currency: 'EUR' })
  const delayed = await authorized()
  assert.equal((await json('orders', 'delay', delayed, '--for', '3d')).status, 'authorized')
  assert.equal((await json('orders', 'void', delayed)).status, 'refunded_not_charged')
  for (const [words, said] of [
    [['capture', delayed], /^tercet: This payment has been cancelled/],
    [['refund', captured, '--amount', 'many'], /^tercet: "amount" must be a decimal number\n$/],
    [['void', 'SHOPNOBODY00'], /^tercet: the merchant of this key has no order SHOPNOBODY00/],
  ] as const) {
    const refused = await tercet(env, ['orders', ...words])
    assert.deepEqual([refused.code, refused.out], [1, ''])
    assert.match(refused.err, said)
  }
})

test('triggers every event that a merchant is told of, with a real order', async () => {
  const states: Record<string, string> = { reduced: 'captured', closed: 'captured', expiring_soon: 'delayed' }
  for (const event of triggers) {
    const { token } = await json('trigger', event)
    const order = await json('orders', 'show', token)
    assert.equal(order.state, states[event] ?? event)
    assert(
      order.events.some(({ kind }: { kind: string }) => kind === event || event === 'partially_refunded'),
      event,
    )
  }
})

test('shows an order with what happened to it, and nothing a terminal would act on', async () => {
  const token = await createOrder({ merchantReference: 'a\u009b31m\u202eb' })
  const declined = await tercet(env, ['orders', 'authorize', token, '--card', '4000000000000002'])
  assert.deepEqual(
    [declined.code, declined.out, declined.err],
    [2, `${token} is still created\n`, 'tercet: the card was declined\n'],
  )
  await json('orders', 'authorize', token, '--card', '5555555555554444')
  const { out } = await tercet(env, ['orders', 'show', token])
  assert.match(out, /^state +authorized$/m)
  assert.match(out, /^total +90\.00 EUR$/m)
  assert.match(out, /^card +mastercard ending in 4444$/m)
  assert.match(out, /^merchant reference +a\ufffd31m\ufffdb$/m)
  assert.match(out, /attempt_declined .* card_declined/)
  const view = await json('orders', 'show', token)
  assert.deepEqual(view.openToCapture, { amount: '90.00', currency: 'EUR' })
  assert.equal(view.merchantReference, 'a\u009b31m\u202eb')
  assert.equal(JSON.parse(view.request).merchantReference, view.merchantReference)
  assert.equal((await tercet(env, ['orders', 'show', 'SHOP00000000'])).code, 1)
  const noCard = await tercet(env, ['orders', 'authorize', token, '--card', '4111111111111111'])
  assert.deepEqual([noCard.code, noCard.out], [1, ''])
  assert.doesNotMatch(noCard.err, /4111/)
})

test('webhooks: pointed at a URL, delivered, replayed, rotated, removed; listened to and forwarded meanwhile', async () => {
  const receiver = await startReceiver()
  const merchant = ['--merchant', 'SHOP']
  const set = await json('webhooks', 'set', receiver.url, ...merchant)
  assert.match(set.secret, /^whsec_/)
  const other = await tercet(env, ['webhooks', 'set', 'http://localhost:9/other', ...merchant])
  assert.deepEqual([other.code, other.out], [1, ''])
  assert.match(other.err, new RegExp(`change one with --endpoint, or add another with --new. There is ${set.id}`))
  const again = await json('webhooks', 'set', receiver.url, '--events', 'created,refunded', ...merchant)
  assert.deepEqual([again.id, again.secret, again.events], [set.id, undefined, ['created', 'refunded']])
  for (const [url, whose, ...events] of [
    ['http://10.0.0.1/', 'SHOP'],
    [receiver.url, 'SHOP', '--events', 'created,delayed'],
    [receiver.url, 'SHOP', '--events', 'received'],
    [receiver.url, 'KUPY', '--events', 'captured,refunded'],
  ] as const) {
    const refused = await tercet(env, ['webhooks', 'set', url, '--new', '--merchant', whose, ...events])
    assert.deepEqual([refused.code, refused.out], [1, ''], events.join(' '))
    assert.match(refused.err, /^tercet: [^\n]+\n$/)
  }
  const rotated = await json('webhooks', 'rotate', set.id, ...merchant)
  assert.notEqual(rotated.secret, set.secret)
  assert.doesNotMatch((await tercet(env, ['webhooks', 'list', ...merchant, '--json'])).out, /whsec_/)

  const local = await startReceiver()
  const raw = `${new URL(local.url).origin}/l?a=%7e&b=1+2&c='x'`
  const listening = cliRun(env)
  const place = join(folder, 'place')
  const done = runCli(['listen', '--forward', raw, ...merchant, '--keep', place, '--json'], listening.io)
  await listening.said(/"listening"/)
  const token = await createOrder()
  await Promise.all([receiver.received(1), local.received(1)])
  await listening.said(/"forwarded"/)
  assert.equal(local.requests[0]?.path, "/l?a=%7e&b=1+2&c='x'")
  assert.equal(local.requests[0]?.body, receiver.requests[0]?.body)
  assert.equal(receiver.requests[0]?.headers['webhook-signature']?.toString().split(' ').length, 2)
  const [, heard] = listening
    .out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual([heard.event.orderToken, heard.event.isReplay, heard.forwarded.status], [token, false, 200])

  listening.stop()
  assert.equal(await done, 0)
  // What happens between two runs is heard by the next one, which goes on from the kept place.
  const [{ id }] = (await json('webhooks', 'deliveries', '--order', token, ...merchant)).deliveries
  assert.deepEqual(await json('webhooks', 'replay', id, ...merchant), { replayed: 1 })
  await receiver.received(2)
  assert.equal(receiver.requests[1]?.headers['webhook-id'], id)
  const next = cliRun(env)
  const ended = runCli(['listen', '--forward', raw, ...merchant, '--keep', place], next.io)
  await local.received(2)
  await next.said(/replay {2}-> 200/)
  next.stop()
  assert.equal(await ended, 0)
  assert.equal(local.requests.length, 2)
  assert.match(next.out(), new RegExp(`created +${token} +#1 +replay`))
  assert.match(await readFile(place, 'utf8'), /"cursor": "\d+"/)

  const range = await json('webhooks', 'replay', '--from', '1h', '--endpoint', set.id, ...merchant)
  assert(range.replayed >= 1)
  const table = await tercet(env, ['webhooks', 'deliveries', ...merchant])
  assert.match(table.out, new RegExp(`${id} .*${token} .*created`))
  assert.deepEqual(await json('webhooks', 'remove', set.id, ...merchant), { id: set.id, removed: true })
  assert.deepEqual(await json('webhooks', 'list', ...merchant), { endpoints: [] })
})

test('a listener has the same secret in every run, and each line names its merchant', async () => {
  const hear = async (...words: string[]) => {
    const run = cliRun(env)
    const done = runCli(['listen', '--merchant', 'SHOP', ...words], run.io)
    await run.said(/listening/)
    const token = await createOrder()
    await run.said(new RegExp(token))
    run.stop()
    await done
    return run.out()
  }
  const [first = '', second = ''] = [await hear(), await hear()]
  const secretIn = (text: string) => /whsec_\S{40,}/.exec(text)?.[0]
  assert(secretIn(first))
  assert.equal(secretIn(first), secretIn(second))
  assert.match(first, /UTC {2}Sandbox Shop {2}created/)
  const line = JSON.parse((await hear('--json')).trim().split('\n').at(-1) ?? '')
  assert.deepEqual(line.merchant, { id: 1, name: 'Sandbox Shop' })
})

test('listening is a process that ends with Ctrl-C and leaves no listener behind', async () => {
  const child = spawnTercet(['listen', '--merchant', 'SHP2', '--json'])
  assert(child.stdout)
  const ended = once(child, 'close')
  await once(child.stdout, 'data')
  child.kill('SIGINT')
  assert.deepEqual(await ended, [0, null])
  const { rows } = await database.pool.query(
    `select count(*) from webhook_endpoint e join merchant m on m.id = e.merchant_id
     where e.kind = 'listener' and e.deleted_at is null and m.prefix = 'SHP2'`,
  )
  assert.equal(rows[0].count, 0n)
})

test('moves the clock of the running server, and what is due happens before it ends', async () => {
  const token = await createOrder({ orderExpiryMilliseconds: 2_400_000 })
  const before = Date.parse((await json('clock')).now)
  const moved = await json('clock', 'advance', '41m')
  assert(Date.parse(moved.now) >= before + 41 * 60_000)
  assert.equal((await json('orders', 'show', token)).state, 'expired')
  const day = new Date(Date.parse(moved.now) + 2 * 86_400_000).toISOString().slice(0, 10)
  assert.match((await tercet(env, ['clock', 'set', day])).out, new RegExp(`^${day} 00:0\\d:\\d\\d UTC\n$`))
  const back = await tercet(env, ['clock', 'set', '2020-01-01'])
  assert.deepEqual([back.code, back.out], [1, ''])
  assert.match(back.err, /only moves forward/)
})

test('imports a catalogue: checked, counted, repeated without a change, refused with the paths of its mistakes', async () => {
  const { merchants } = await json('merchants', 'list')
  const owner = String(merchants[0].id)
  const file = join(folder, 'shop.json')
  const uuid = '0b9d6f7e-51c2-4a83-9f4e-7d2c8a1b6035'
  const organization = { ...sandboxCatalogue.organization, uuid }
  const channels = [{ uuid: '6e1f2a90-8d37-4c5b-b1a4-92f0c7e3d586', title: 'Till' }]
  await writeFile(file, JSON.stringify({ organization, channels }))
  const unknown = await tercet(env, ['catalog', 'import', file])
  assert.equal(unknown.code, 2)
  assert.match(unknown.out, /say which merchant/)
  const dry = await json('catalog', 'import', file, '--merchant', owner, '--dry-run')
  assert.deepEqual([dry.imported, dry.counts.organization.added], [false, 1])
  const imported = await json('catalog', 'import', file, '--merchant', owner)
  assert.deepEqual([imported.imported, imported.counts.organization.added], [true, 1])
  const again = await json('catalog', 'import', file)
  assert.deepEqual(again.counts.organization, { added: 0, changed: 0, unchanged: 1 })
  await writeFile(file, JSON.stringify({ organization: { ...organization, currency: 'eur' } }))
  const wrong = await tercet(env, ['catalog', 'import', file])
  assert.equal(wrong.code, 2)
  assert.match(wrong.out, /^organization\.currency /)
  assert.match(wrong.err, /nothing was imported\n$/)
  const instance = { ...sandboxCatalogue.instances?.[0], uuid: '0b9d6f7e-51c2-4a83-9f4e-7d2c8a1b6036' }
  await writeFile(file, JSON.stringify({ organization, instances: [{ ...instance, acquirer: 'nope' }] }))
  const unusable = await tercet(env, ['catalog', 'import', file])
  assert.equal(unusable.code, 2)
  assert.match(unusable.out, /^instances\[0\]\.acquirer is not an acquirer that is known here/)
  await writeFile(file, `{"organization":${JSON.stringify(organization)},"coupons":[],"coupons":null}`)
  const twice = await tercet(env, ['catalog', 'import', file])
  assert.equal(twice.code, 2)
  assert.match(twice.out, /^the file has a key twice with different values, at line 1, column \d+\n$/)
})

test('exports a catalogue as a file that changes nothing when it is imported', async () => {
  const { uuid } = sandboxCatalogue.organization
  const { code, out } = await tercet(env, ['catalog', 'export', uuid.toUpperCase()])
  assert.equal(code, 0)
  assert.equal(JSON.parse(out).products.length, sandboxCatalogue.products?.length)
  const file = join(folder, 'exported.json')
  await writeFile(file, out)
  const { counts } = await json('catalog', 'import', file)
  for (const { added, changed } of Object.values<{ added: number; changed: number }>(counts))
    assert.deepEqual([added, changed], [0, 0])
  const unknown = await tercet(env, ['catalog', 'export', '0b9d6f7e-51c2-4a83-9f4e-000000000000'])
  assert.deepEqual([unknown.code, unknown.out], [1, ''])
  assert.match(unknown.err, /there is no organization/)
  assert.match((await tercet(env, ['catalog', 'export', 'shop'])).err, /is not a uuid/)
})

test('proves the ledger, shows its progress, and fails when a payment claims what the ledger does not know', async () => {
  const seen = await tercet(env, ['ledger', 'check'], { isTerminal: true })
  assert.equal(seen.code, 0)
  assert.match(seen.out, /payments and ledger agree\n$/)
  assert.match(seen.err, /payments compared/)
  const token = await createOrder()
  await json('orders', 'authorize', token, '--card', '4242424242424242')
  await database.pool.query(`update payment set state = 'captured', captured = total where payment_id = $1`, [token])
  const run = spawnTercet(['ledger', 'check', '--merchant', 'SHOP', '--json'])
  let out = ''
  run.stdout?.on('data', (chunk) => {
    out += String(chunk)
  })
  assert.deepEqual(await once(run, 'close'), [2, null])
  const report = JSON.parse(out)
  assert.equal(report.agrees, false)
  const found = report.discrepancies.find((each: { name: string }) => each.name === 'captured_differs')
  assert.deepEqual([found.id, found.claimed, found.ledger], [token, '9000', '0'])
  const text = await tercet(env, ['ledger', 'check'])
  assert.match(text.out, new RegExp(`${token} \\(merchant 1\\): captured is 9000 in the payment and 0 in the ledger`))
  assert.match(text.err, /^tercet: payments and ledger differ in \d+ figures\n$/)
})

test('brings its own database where no server runs, and takes it down again', async () => {
  const own = await makeTestFolder()
  after(own.remove)
  const alone = { TERCET_DATA: own.folder }
  const missing = await tercet(alone, ['merchants', 'list'])
  assert.deepEqual([missing.code, missing.out], [1, ''])
  assert.match((await tercet(alone, ['migrate'])).out, /^applied 0001_payments$/m)
  assert.equal((await tercet(alone, ['merchants', 'add', 'Shop'])).code, 0)
  const keys = await Promise.all([1, 2].map(() => tercet(alone, ['keys', 'create', '--json'])))
  assert(keys.some(({ code }) => code === 0))
  const notRunning = await tercet(alone, ['listen'])
  assert.equal(notRunning.code, 3)
  assert.match(notRunning.err, /start it with tercet start/)
})

test('runs as npx tercet in the checkout', async () => {
  const { stdout } = await promisify(execFile)('npx', ['tercet', '--version'], { cwd: root })
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
})

test('a database that this program has not brought up to date is not touched', async () => {
  await database.pool.query(`delete from migration where name = (select max(name) from migration)`)
  const { code, err } = await tercet(env, ['merchants', 'list'])
  assert.deepEqual(
    [code, err],
    [1, 'tercet: the database is not up to date with this program: run tercet migrate, or tercet start\n'],
  )
})
