import assert from 'node:assert/strict'
import {
  assertNone,
  assertReplays,
  compare,
  compareAnswers,
  type Fate,
  proveAll,
  untilAllHasEnded,
  withDatabase,
} from './crash-books.ts'
import { type Answer, askPatiently, type Client, connectShop } from './crash-client.ts'
import type { Cluster, CrashCell } from './crash-cluster.ts'
import { aRandomOrder, type Order } from './crash-order.ts'
import { type Random, randomOf } from './crash-random.ts'

export type RoundsOptions = {
  readonly rounds: number
  readonly seed: number
  /** shops that work at the same time */
  readonly shops?: number
  /** the whole ledger is proved after every so many rounds and at the end; default 10 */
  readonly proveEvery?: number
  readonly progress?: (line: string) => void
}

export type Totals = { rounds: number; acknowledged: number; unanswered: number; found: number; replayed: number }

/**
 * Rounds of: load, a kill at a random moment of it, healing, and the comparison of what shops were told with what is
 * there. The seed decides the orders, who dies and after how many answers; which request was on its way then is the
 * machine's choice, so a seed replays the plan and not each race.
 */
export async function crashRounds(cluster: Cluster, options: RoundsOptions): Promise<Totals> {
  const { rounds, seed, proveEvery = 10, progress } = options
  const totals: Totals = { rounds: 0, acknowledged: 0, unanswered: 0, found: 0, replayed: 0 }
  let open: Order[] = []
  for (let round = 1; round <= rounds; round++) {
    const random = randomOf(seed * 1_000_003 + round)
    let wound = 'nobody'
    try {
      const touched = new Set<Order>()
      wound = await loadAndWound(cluster, {
        random,
        touched,
        open,
        prefix: `${seed}-${round}`,
        shops: options.shops ?? 16,
      })
      await cluster.heal()
      await settle(cluster, [...touched], random, totals, round % proveEvery === 0 || round === rounds)
      open = [...touched].filter((order) => !order.isOver).slice(-40)
    } catch (error) {
      const again = `npm run crash -- --rounds ${round} --seed ${seed}`
      throw new Error(`round ${round} (killed: ${wound}); again: ${again}`, { cause: error })
    }
    totals.rounds = round
    progress?.(`round ${round}: killed ${wound}; ${JSON.stringify(totals)}`)
  }
  return totals
}

type Load = { random: Random; touched: Set<Order>; open: Order[]; prefix: string; shops: number }

/** Resolves when every shop has seen the blow or finished what it was at. */
async function loadAndWound(cluster: Cluster, load: Load): Promise<string> {
  const shops = cluster.cells.map(({ apiKey }) => cluster.urls.map((url) => connectShop(url, load.shops, apiKey)))
  const fatal = load.random.between(1, 250)
  const lasting = fatal + load.random.between(0, 60)
  const struck = Promise.withResolvers<string>()
  let answers = 0
  let made = 0
  const onAnswer = () => {
    answers += 1
    if (answers === fatal) cluster.wound(load.random).then(struck.resolve, struck.reject)
  }
  const nextOrder = () => {
    const order = load.open.pop() ?? aRandomOrder(load.random, `${load.prefix}-${++made}`, made % shops.length)
    load.touched.add(order)
    return order
  }
  const mayGoOn = () => answers < lasting
  const work = async () => {
    while (mayGoOn()) {
      const order = nextOrder()
      if (!(await advance(order, shops[order.cell] as Client[], load.random, { onAnswer, mayGoOn }))) return
    }
  }
  await Promise.all(Array.from({ length: load.shops }, work))
  if (answers < fatal) cluster.wound(load.random).then(struck.resolve, struck.reject)
  const wound = await struck.promise
  for (const order of load.open) load.touched.add(order)
  await Promise.all(shops.flat().map((shop) => shop.close()))
  return wound
}

type Watch = { readonly onAnswer: () => void; readonly mayGoOn: () => boolean }

/** Takes one order as far as it goes. False when no server is left that answers. */
async function advance(order: Order, shops: readonly Client[], random: Random, watch: Watch): Promise<boolean> {
  while (watch.mayGoOn()) {
    const step = order.steps[order.answers.length]
    if (!step) {
      order.isOver = true
      return true
    }
    const token = order.token ?? ''
    order.isUnanswered = true
    const answer = await ask(shops, random, step.key !== undefined, (shop) =>
      shop.post(step.path(token), step.body(token), step.key),
    )
    if (answer === 'lost') return false
    if (answer.status !== 200) {
      assert.equal(answer.status, 503, `${step.path(token)} answered ${answer.status} ${answer.body}`)
      assert(Number(answer.retryAfter) > 0, 'a 503 says when to try again')
      return true
    }
    acknowledge(order, answer)
    watch.onAnswer()
  }
  return true
}

/** With a key a shop asks again at once, another server if there is one; without, it cannot know and must look first. */
async function ask(
  shops: readonly Client[],
  random: Random,
  hasKey: boolean,
  send: (shop: Client) => Promise<Answer | 'lost'>,
): Promise<Answer | 'lost'> {
  const first = random.between(0, shops.length - 1)
  const tries = hasKey ? 3 : 1
  let answer: Answer | 'lost' = 'lost'
  for (let tried = 0; tried < tries; tried++) {
    answer = await send(shops[(first + tried) % shops.length] as Client)
    if (answer !== 'lost' && answer.status !== 503) return answer
  }
  return answer
}

function acknowledge(order: Order, answer: Answer): void {
  if (order.token === undefined) order.token = String(JSON.parse(answer.body).token)
  order.answers.push(answer.body)
  order.isUnanswered = false
}

/** After healing: compares, asks again what had no answer, compares again, replays keys, proves the ledger. */
async function settle(
  cluster: Cluster,
  orders: readonly Order[],
  random: Random,
  totals: Totals,
  isProofDue: boolean,
): Promise<void> {
  for (const [at, cell] of cluster.cells.entries()) {
    const own = orders.filter((order) => order.cell === at)
    const others = orders.filter((order) => order.cell !== at)
    await settleCell(cluster, cell, { own, others }, random, totals, isProofDue)
  }
  totals.acknowledged = totals.acknowledged + orders.filter((order) => order.isOver).flatMap((o) => o.answers).length
}

async function settleCell(
  cluster: Cluster,
  { apiKey, databaseUrl }: CrashCell,
  { own: orders, others }: { readonly own: readonly Order[]; readonly others: readonly Order[] },
  random: Random,
  totals: Totals,
  isProofDue: boolean,
): Promise<void> {
  const shop = connectShop(random.pick(cluster.urls), 32, apiKey)
  try {
    await withDatabase(await databaseUrl(), async (pool) => {
      await untilAllHasEnded(pool)
      await assertNone(pool, others)
      const fates = await compare(pool, orders)
      const unanswered = orders.filter((order) => order.isUnanswered)
      totals.unanswered += unanswered.length
      await Promise.all(unanswered.map((order) => resolve(shop, order, fates.get(order) as Fate, totals)))
      await compare(pool, orders)
      await compareAnswers(pool, shop, orders)
      await replay(shop, orders, random, totals)
      if (isProofDue) await proveAll(pool)
    })
  } finally {
    await shop.close()
  }
}

/** What a careful shop does about a call without an answer: ask again with the key, or look and then decide. */
async function resolve(shop: Client, order: Order, fate: Fate, totals: Totals): Promise<void> {
  const step = order.steps[order.answers.length]
  assert(step, 'an order without an answer has a step that waits for it')
  if (fate === 'done') totals.found += 1
  if (fate === 'half done') {
    order.isOver = true
    return
  }
  if (step.key === undefined) {
    if (fate === 'done') order.answers.push(null)
    order.isUnanswered = false
    return
  }
  const token = order.token ?? ''
  const { answer, wasPutOff } = await askPatiently(() => shop.post(step.path(token), step.body(token), step.key))
  assert(answer !== 'lost', 'the healed server answers')
  assert.equal(answer.status, 200, `a retry succeeds, not ${answer.status} ${answer.body}`)
  if (!wasPutOff)
    assert.equal(
      answer.isReplay,
      fate === 'done',
      `a retry of what is ${fate} is ${fate === 'done' ? 'a' : 'no'} replay`,
    )
  acknowledge(order, answer)
  await assertReplays(shop, order, step, answer.body)
  totals.replayed += 1
}

/** One earlier acknowledged key of every order. */
async function replay(shop: Client, orders: readonly Order[], random: Random, totals: Totals): Promise<void> {
  const work: Promise<void>[] = []
  for (const order of orders) {
    const keyed = order.answers.flatMap((first, at) => (first !== null && order.steps[at]?.key ? [{ first, at }] : []))
    if (keyed.length === 0) continue
    const { first, at } = random.pick(keyed)
    const step = order.steps[at]
    if (step) work.push(assertReplays(shop, order, step, first))
  }
  await Promise.all(work)
  totals.replayed += work.length
}
