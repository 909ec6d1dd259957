import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { readState } from '../../src/db/embedded/state-file.ts'
import { withDatabase } from '../support/crash/crash-books.ts'
import { askPatiently, connectShop } from '../support/crash/crash-client.ts'
import { spawnTercet, type TercetProcess } from '../support/crash/crash-process.ts'
import { type Random, randomOf } from '../support/crash/crash-random.ts'
import { type Order, sell } from '../support/crash/crash-webhook-orders.ts'
import {
  type Arrival,
  assertSigned,
  leftBehind,
  type PendingMessage,
  passTheMinute,
  type Reaction,
  type Shop,
  startShop,
} from '../support/crash/crash-webhooks.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { merchantKey } from '../support/protocols/scalapay.ts'

/** `CRASH_SEED=7 npm test -- webhook-crash` repeats a plan; which delivery was under way at a kill is the machine's choice. */
const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))
const rounds = Number(process.env.CRASH_ROUNDS ?? 8)

/** When the server dies: right after an answer to the shop, while the shop holds deliveries, or when it just said 200. */
const moments = ['acknowledged', 'held', 'answered'] as const
type Moment = (typeof moments)[number]

type World = {
  readonly random: Random
  readonly shop: Shop
  readonly orders: Order[]
  /** of these a later event may be seen before an earlier one: a claim of the dead or a refusal kept that one back */
  readonly overtaken: Set<string>
  /** messages that were written when the server died and had not reached the shop */
  readonly unseen: Set<string>
}

test(`delivers each acknowledged change at least once when the server is killed before, in and after a delivery (CRASH_SEED=${seed})`, async () => {
  const { folder, remove } = await makeTestFolder()
  const data = join(folder, 'data')
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const start = () => spawnTercet({ PORT: port, TERCET_DATA: data })
  const shop = await startShop()
  const world: World = { random: randomOf(seed), shop, orders: [], overtaken: new Set(), unseen: new Set() }
  const databaseUrl = async () => (await readState(data))?.url ?? ''
  let server = start()
  try {
    await server.ready
    const secret = await setEndpoint(url, shop.url)
    // Who is quicker, the blow or the record of a delivery, is the machine's choice: it goes on until each was met.
    for (let round = 0; round < rounds || (round < 5 * rounds && neverMet(world)); round++) {
      await loadAndKill(world, server, url, moments[round % moments.length] as Moment)
      // At times the server is back before the claims of the dead one end, but not in the end.
      const isQuick = round < rounds - 1 && world.random.chance(40)
      await withDatabase(await databaseUrl(), async (pool) => {
        note(world, await leftBehind(pool), isQuick)
        if (!isQuick) await passTheMinute(pool)
      })
      server = start()
      await server.ready
    }
    // Everything that is to be tried again is due by then; orders end after 40 minutes.
    await advance(url, 30 * 60_000)
    assert.deepEqual(await withDatabase(await databaseUrl(), unfinished), [], 'nothing is pending, dead or skipped')
    for (const arrival of shop.arrivals) assertSigned(arrival, secret, merchantKey)
    assertMessages(world)
    for (const order of world.orders) assertTold(order, shop.arrivals)
    assert.equal(neverMet(world), undefined)
    assert(world.overtaken.size < new Set(shop.arrivals.map(({ token }) => token)).size, 'the order was looked at')
  } finally {
    await server.stop()
    await shop.close()
    await remove()
  }
})

/** Orders are made and moved on by eight tills until the server is killed, at once and without a word. */
async function loadAndKill(world: World, server: TercetProcess, url: string, moment: Moment): Promise<void> {
  const { random, shop } = world
  const kill = () => void server.child.kill('SIGKILL')
  const fatalArrival = random.between(5, 40)
  const fatalHold = random.between(1, 3)
  const fatalAnswer = random.between(10, 60)
  let arrivals = 0
  let held = 0
  let answers = 0
  shop.react = ({ token }): Reaction => {
    arrivals += 1
    if (moment === 'held' && arrivals >= fatalArrival) {
      held += 1
      if (held === fatalHold) kill()
      return 'hold'
    }
    if (moment === 'answered' && arrivals === fatalArrival) return { status: 200, afterwards: kill }
    if (!random.chance(5)) return { status: 200 }
    world.overtaken.add(token)
    return { status: 503 }
  }
  const onAnswer = () => {
    answers += 1
    assert(answers < 2_000, 'deliveries keep up with the orders, so the moment comes')
    if (moment === 'acknowledged' && answers === fatalAnswer) kill()
  }
  const client = connectShop(url, 8)
  await Promise.all(Array.from({ length: 8 }, () => sell({ client, random, orders: world.orders, onAnswer })))
  await client.close()
  const { signal } = await server.ended
  assert.equal(signal, 'SIGKILL', server.err())
  shop.react = () => ({ status: 200 })
}

async function setEndpoint(url: string, hook: string): Promise<string> {
  const { secret } = await sandbox(url, '/sandbox/webhooks/endpoint', { url: hook })
  assert(typeof secret === 'string')
  return secret
}

async function advance(url: string, advanceMilliseconds: number): Promise<void> {
  await sandbox(url, '/sandbox/clock', { advanceMilliseconds })
}

async function sandbox(url: string, path: string, body: object): Promise<Record<string, unknown>> {
  const client = connectShop(url, 1)
  const { answer } = await askPatiently(() => client.post(path, JSON.stringify(body)))
  await client.close()
  assert(answer !== 'lost' && answer.status === 200, `${path} is answered`)
  return JSON.parse(answer.body)
}

function note({ shop, unseen, overtaken }: World, left: readonly PendingMessage[], isQuick: boolean): void {
  const seen = new Set(shop.arrivals.map(eventOf))
  for (const message of left) {
    if (!seen.has(eventOf(message))) unseen.add(eventOf(message))
    if (isQuick && message.isClaimed) overtaken.add(message.token)
  }
}

function eventOf({ token, sequence }: Pick<Arrival, 'token' | 'sequence'>): string {
  return `${token} ${sequence}`
}

async function unfinished(pool: Parameters<typeof leftBehind>[0]): Promise<object[]> {
  const { rows } = await pool.query(`select state, event, attempts from webhook_message where state <> 'delivered'`)
  return rows
}

/** Every message got its 200, is the same in each attempt, and is the only one of its event. */
function assertMessages({ shop, overtaken }: World): void {
  for (const [id, attempts] of Map.groupBy(shop.arrivals, (arrival) => arrival.id)) {
    assert(
      attempts.some(({ answered }) => answered === 200),
      `message ${id} was accepted in the end`,
    )
    assert.equal(new Set(attempts.map(({ body, sequence }) => `${sequence} ${body}`)).size, 1, `message ${id} repeated`)
  }
  for (const [event, attempts] of Map.groupBy(shop.arrivals, eventOf)) {
    assert.equal(new Set(attempts.map(({ id }) => id)).size, 1, `event ${event} has one message`)
  }
  for (const [token, arrivals] of Map.groupBy(shop.arrivals, (arrival) => arrival.token)) {
    const firstSeen = [...new Set(arrivals.map(({ sequence }) => sequence))]
    const inOrder = firstSeen.toSorted((a, b) => a - b)
    if (!overtaken.has(token)) assert.deepEqual(firstSeen, inOrder, `events of ${token} were first seen in order`)
  }
}

/** The shop heard of each acknowledged step, of the unanswered one once or not at all, and of nothing else. */
function assertTold({ reference, token, steps, done, isUnanswered }: Order, arrivals: readonly Arrival[]): void {
  const own = arrivals.filter((arrival) => arrival.reference === reference)
  const bySequence = new Map(own.map(({ sequence, status }) => [sequence, status]))
  const told = [...bySequence].sort(([a], [b]) => a - b).map(([, status]) => status)
  const acknowledged = steps.slice(0, done).map(({ tells }) => tells)
  const isMore = isUnanswered && told.length > done
  const expected = isMore ? [...acknowledged, steps[done]?.tells] : acknowledged
  assert.deepEqual(told, expected, `the shop heard all of ${reference}`)
  assert(own.every((arrival) => token === '' || arrival.token === token))
}

/** What has not happened yet, and without which the rounds would prove nothing. */
function neverMet({ shop, unseen }: World): string | undefined {
  const attempts = [...Map.groupBy(shop.arrivals, (arrival) => arrival.id).values()]
  const isRepeated = (answered: number | null) =>
    attempts.some((list) => list.slice(0, -1).some((arrival) => arrival.answered === answered))
  if (unseen.size === 0) return 'a message that was written and not yet sent when the server died'
  if (!isRepeated(null)) return 'one that was under way, and came again'
  return isRepeated(200) ? undefined : 'one that was accepted and not yet recorded, and came again'
}
