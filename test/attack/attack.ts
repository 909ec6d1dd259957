import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { withDatabase } from '../support/crash/crash-books.ts'
import type { CardPayment } from '../support/crash/crash-card-payments.ts'
import { randomOf } from '../support/crash/crash-random.ts'
import { crashRounds } from '../support/crash/crash-rounds.ts'
import { startShop } from '../support/crash/crash-webhooks.ts'
import { makeTestFolder } from '../support/folder.ts'
import { type Attack, bearer, createAsk } from './ask.ts'
import { startAttacked } from './attacked.ts'
import { awaitMessages, proveBooks } from './books.ts'
import {
  holdSlowConnections,
  sendCards,
  sendHostileStrings,
  sendOddRequests,
  sendTwice,
  sendWorstBodies,
} from './hostile.ts'
import { type ChainSale, type Sold, sellByCard, sellOnChain, sellOrders, watchOtherMerchant } from './shops.ts'
import { createTally } from './tally.ts'

/**
 * `npm run attack -- --minutes 60 [--seed 7] [--folder F]`: everything at once against one sandbox of its own, on the loopback alone. Shops of
 * three APIs sell; meanwhile hostile requests of every kind are sent, processes killed, the disk filled (as root), connections taken, and the clock
 * moved. At the end the books are proved and a table is printed; what nobody expects lies in `surprises.jsonl` below the folder. Ends
 * with code 1 when there is any. It stops by itself, after its time and a few minutes for the proofs.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    folder: { type: 'string' },
  },
})
const seed = Number(values.seed)
const random = randomOf(seed)
const made = values.folder === undefined ? await makeTestFolder() : undefined
const folder = values.folder ?? made?.folder ?? ''
await mkdir(folder, { recursive: true })
const tally = createTally(join(folder, 'surprises.jsonl'))
const say = (line: string) => process.stdout.write(`${new Date().toISOString()} ${line}\n`)
const ended = new AbortController()
let endsAt = Date.now() + Number(values.minutes) * 60_000
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    endsAt = 0
  })

const attacked = await startAttacked(folder, tally)
say(`attacking ${attacked.url} for ${values.minutes} minutes, seed ${seed}, in ${folder}`)
const { ask, close } = createAsk(attacked, tally)
const attack: Attack = { attacked, tally, ask, over: ended.signal, days: { moves: 0, isMoving: false } }

const receiver = await startShop()
const headers = bearer(scalapayMerchantKey)
const endpoint = await ask('endpoint', { path: '/sandbox/webhooks/endpoint', body: { url: receiver.url }, headers })
const secret = endpoint === 'lost' ? '' : String(JSON.parse(endpoint.text).secret)
// Some are never answered, some refused. While the clock moves each of the former would be waited for, at every retry.
let moves = 0
receiver.react = () => (moves === 0 && random.chance(3) ? 'hold' : { status: random.chance(10) ? 500 : 200 })

const orders: Sold[] = []
const cards: CardPayment[] = []
const chain: ChainSale[] = []
const some = (at: number) => randomOf(seed * 31 + at)
const working = [
  sellOrders(attack, some(1), 1, orders),
  sellOrders(attack, some(2), 2, orders),
  sellOrders(attack, some(3), 3, orders),
  sellByCard(attack, some(4), cards),
  sellOnChain(attack, some(5), receiver.url, chain),
  watchOtherMerchant(attack),
  sendWorstBodies(attack, some(6)),
  sendHostileStrings(attack, some(7)),
  sendCards(attack, some(8)),
  sendTwice(attack, some(9)),
  sendOddRequests(attack, some(10)),
  holdSlowConnections(attack),
  moveOften(),
].map((work) =>
  work.catch((error) =>
    tally.surprise('a part of the attack ended early', { error: String(error), stack: error?.stack }),
  ),
)

for (let round = 1; Date.now() < endsAt; round++) {
  await crash(round)
  await pause(random.between(3_000, 10_000))
  if (round % 4 === 0) await moveDays(random.between(5, 40))
  if (round % 3 === 0) {
    const name = random.pick(Object.keys(attacked.trouble))
    await attacked.trouble[name]?.().catch((error) => tally.surprise(`not whole again after ${name}`, String(error)))
  }
  say(
    `round ${round}; ${orders.length} orders, ${cards.length} card payments, ${chain.length} on the chain, ${tally.surprises()} surprises`,
  )
}

/** A crowd of shops under whose hands something is killed; what they were told is compared with the database, and the ledger proved. */
async function crash(round: number): Promise<void> {
  try {
    const totals = await crashRounds(attacked, { rounds: 1, seed: seed * 1_000 + round, shops: 4 })
    tally.count('kills, with what was acknowledged compared and the ledger proved', totals.rounds)
    tally.count('steps of orders under whose hands it was killed', totals.acknowledged)
    tally.count('without an answer, asked again', totals.unanswered)
    tally.count('replayed byte for byte', totals.replayed)
  } catch (error) {
    tally.surprise('a round of crashes failed', { round, why: String(error), cause: String((error as Error).cause) })
    await attacked.heal()
  }
}

/** By seconds, whatever is killed meanwhile. */
async function moveOften(): Promise<void> {
  const often = some(11)
  while (!ended.signal.aborted) {
    await pause(often.between(5_000, 40_000))
    await moveClock(often.between(1, 60) * 1_000)
  }
}

async function moveClock(milliseconds: number): Promise<void> {
  const before = performance.now()
  moves += 1
  const answer = await ask('clock moved', {
    path: '/sandbox/clock',
    body: { advanceMilliseconds: milliseconds },
    headers,
  })
  moves -= 1
  if (answer !== 'lost' && answer.status === 200) tally.measure('a move of the clock, ms', performance.now() - before)
}

async function moveDays(days: number): Promise<void> {
  attack.days.isMoving = true
  await moveClock(days * 86_400_000)
  attack.days.moves += 1
  attack.days.isMoving = false
}

say('over: the books are proved')
ended.abort()
await Promise.all(working)
receiver.react = () => ({ status: 200 })
await attacked.heal()
// Every instalment has been collected then, and every message has been tried for the last time.
await moveDays(100)
await withDatabase(await attacked.databaseUrl(), async (pool) => {
  await awaitMessages(pool, tally)
  await proveBooks(attacked, pool, { orders, cards, chain, receiver, secret, apiKey: scalapayMerchantKey }, tally)
})
await close()
await receiver.close()
await attacked.stop()
say(`${tally.surprises()} surprises\n\n${tally.print()}`)
process.exitCode = tally.surprises() === 0 ? 0 : 1
// The folder stays when there is something to trace in it.
if (tally.surprises() === 0) await made?.remove()
