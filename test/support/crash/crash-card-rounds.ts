import assert from 'node:assert/strict'
import { withDatabase } from './crash-books.ts'
import { addSeats, compareCardBooks, compareSeats, proveLedger } from './crash-card-books.ts'
import type { CardCluster } from './crash-card-cluster.ts'
import { answersOf, aRandomPayment, type CardPayment, simulatedPath, someFaults } from './crash-card-payments.ts'
import { type Answer, type Client, connectShop } from './crash-client.ts'
import { type Random, randomOf } from './crash-random.ts'

export type CardTotals = {
  rounds: number
  approved: number
  declined: number
  refused: number
  lost: number
  replayed: number
}

type Options = { readonly rounds: number; readonly seed: number; readonly shops?: number }

/**
 * Rounds of: load, faults, a kill at a random moment, healing, half a minute later, retries, and the comparison of the
 * acquirer's book with ours. The seed decides the payments, the faults, who dies and after how many answers.
 */
export async function cardCrashRounds(
  cluster: CardCluster,
  { rounds, seed, shops = 12 }: Options,
): Promise<CardTotals> {
  const all: CardPayment[] = []
  const totals: CardTotals = { rounds: 0, approved: 0, declined: 0, refused: 0, lost: 0, replayed: 0 }
  await withDatabase(await cluster.databaseUrl(), (pool) => addSeats(pool, rounds * 10))
  for (let round = 1; round <= rounds; round++) {
    const random = randomOf(seed * 1_000_003 + round)
    const made: CardPayment[] = []
    const wound = { what: 'nobody' }
    try {
      await loadAndWound(cluster, { random, made, prefix: `${seed}-${round}`, shops, wound })
      all.push(...made)
      await cluster.heal()
      await cluster.setFaults([])
      // The patience with an attempt whose answer never came (src/jobs/payments/resolve-attempts.ts).
      await cluster.advance(31_000)
      totals.replayed += await askAgain(cluster, made, random)
      await compare(cluster, made, round % 10 === 0 || round === rounds ? all : undefined)
    } catch (error) {
      throw new Error(`round ${round} (killed: ${wound.what}); again: CRASH_SEED=${seed % 1_000_000}`, { cause: error })
    }
    totals.rounds = round
  }
  return count(all, totals)
}

type Load = {
  readonly random: Random
  readonly made: CardPayment[]
  readonly prefix: string
  readonly shops: number
  readonly wound: { what: string }
}

/** Resolves once every shop has seen the blow or finished what it was at. */
async function loadAndWound(cluster: CardCluster, { random, made, prefix, shops, wound }: Load): Promise<void> {
  await cluster.setFaults(someFaults(random))
  const client = connectShop(cluster.url, shops)
  const fatal = random.between(1, 80)
  const lasting = fatal + random.between(0, 40)
  let heard = 0
  let struck: Promise<string> | undefined
  const strike = () => {
    struck ??= cluster.wound(random)
    return struck
  }
  const work = async () => {
    while (heard < lasting) {
      const payment = aRandomPayment(random, `${prefix}-${made.length + 1}`)
      made.push(payment)
      for (let asked = random.chance(20) && payment.hasRequestId ? 2 : 1; asked > 0; asked--) {
        const answer = await ask(client, payment)
        if (++heard >= fatal) void strike()
        if (answer === 'lost') return
      }
    }
  }
  await Promise.all(Array.from({ length: shops }, work))
  wound.what = await strike()
  await client.close()
}

async function ask(client: Client, payment: CardPayment): Promise<Answer | 'lost'> {
  const answer = await client.post(simulatedPath, payment.body)
  payment.heard.push(answer)
  return answer
}

/** What a careful shop does: with a reference it asks again where it heard nothing; and some want to hear it twice. */
async function askAgain(cluster: CardCluster, made: readonly CardPayment[], random: Random): Promise<number> {
  const client = connectShop(cluster.url)
  const isDoubtful = (payment: CardPayment) => payment.heard.includes('lost') || random.chance(30)
  const isTold404 = ({ heard }: CardPayment) => heard.every((each) => each !== 'lost' && each.status === 404)
  const again = made.filter((payment) => payment.hasRequestId && !isTold404(payment) && isDoubtful(payment))
  const answers = await Promise.all(again.map((payment) => ask(client, payment)))
  for (const answer of answers) assert(answer !== 'lost', 'the healed server answers')
  await client.close()
  return again.length
}

async function compare(cluster: CardCluster, made: readonly CardPayment[], all: readonly CardPayment[] | undefined) {
  const { entries } = await cluster.book()
  await withDatabase(await cluster.databaseUrl(), async (pool) => {
    await compareCardBooks(pool, entries, all ?? made)
    if (!all) return
    await compareSeats(pool, all)
    await proveLedger(pool)
  })
}

function count(all: readonly CardPayment[], totals: CardTotals): CardTotals {
  for (const payment of all) {
    if (payment.heard.includes('lost')) totals.lost += 1
    const [first] = answersOf(payment)
    if (!first) continue
    if (first.status === 404) totals.refused += 1
    else if (JSON.parse(first.body).success) totals.approved += 1
    else totals.declined += 1
  }
  return totals
}
