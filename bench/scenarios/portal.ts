import { connectClient } from '../../src/db/wire/connection.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { fillOrders } from '../fill-orders.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import { readUsage } from '../usage.ts'

/** What the seller portal costs beside a million orders: its lists and searches, and what ten people at it take from creation. */
export const portal: Scenario = { name: 'portal', run }

const database = 'bench_portal'
const mostOrders = 1_000_000
const people = 10

/** Every list's first page and every kind of search; a hash, an address and an amount that nothing has are the dearest ones. */
const asked: readonly (readonly [string, string])[] = [
  ['orders, first page', '/orders'],
  ['orders of a rare status', '/orders?status=refunded_not_charged'],
  ['orders of some days', '/orders?from=2020-01-01&to=2020-02-01'],
  ['search by token', '/orders/search?text=SHOP00000001'],
  ['search by reference', '/orders/search?text=FILL-77'],
  ['search by e-mail', '/orders/search?text=nobody%40example.com'],
  ['search by transaction', `/orders/search?text=0x${'ab'.repeat(32)}`],
  ['search by an amount that no order has', '/orders/search?text=123.45'],
  ['sales', '/sales'],
  ['audit log', '/audit-log'],
  ['unmatched transfers', '/transfers'],
  ['people', '/people'],
]

async function run(bench: Bench): Promise<readonly Figure[]> {
  const { sizes } = bench
  const server = await bench.tercetOn(database)
  const orders = Math.min(sizes.orders, mostOrders)
  bench.say(`filling a database with ${orders} orders`)
  await fillOrders(inDatabase(bench.databaseUrl, database), orders)
  const seat = await signIn(server)
  const client = await connectClient(inDatabase(bench.databaseUrl, database), { statementTimeoutMs: 0 })
  try {
    const figures: Figure[] = []
    for (const [what, path] of asked) {
      bench.say(what)
      const times = sizes.mostJourneys ?? 40
      const work = () => seat(path)
      await repeat(Math.min(times, 10), work)
      const before = await readUsage(server.pid, client)
      await repeat(times, work)
      figures.push(costOf(what, orders, times, before, await readUsage(server.pid, client)))
    }
    return [...figures, await besidePeople(bench, server, seat)]
  } finally {
    await client.end()
  }
}

type Usage = Awaited<ReturnType<typeof readUsage>>

function costOf(what: string, orders: number, times: number, before: Usage, after: Usage): Figure {
  const ms = (name: 'serverCpu' | 'databaseCpu') => (((after[name] ?? 0) - (before[name] ?? 0)) / times) * 1_000
  const [own, databases] = [ms('serverCpu'), ms('databaseCpu')]
  return {
    id: '7.1',
    what: `${what}, CPU ms beside ${orders} orders`,
    value: own + databases,
    target: { atMost: 50 },
    note: `server ${own.toFixed(1)} ms, database ${databases.toFixed(1)} ms`,
  }
}

/** Each of them looks at something new every second, as fast readers do. */
async function besidePeople(bench: Bench, server: ServerProcess, seat: Seat): Promise<Figure> {
  const { load, sizes } = bench
  await load(server, 'create', { durationMs: sizes.warmUpMs })
  const create = async () => (await load(server, 'create')).ratePerSecond
  const answered = { pages: 0, refused: 0 }
  const rates = await inTurns(
    {
      alone: create,
      beside: async () => {
        const end = new AbortController()
        const clicking = Array.from({ length: people }, (_, number) =>
          click(seat, number, { signal: end.signal, answered }),
        )
        const rate = await create()
        end.abort()
        await Promise.all(clicking)
        return rate
      },
    },
    sizes.rounds,
  )
  return {
    id: '7.2',
    what: `creation beside ${people} people at the portal, of creation alone`,
    value: ratioOf(rates.beside, rates.alone),
    target: { atLeast: 0.95 },
    note: `${medianOf(rates.beside).toFixed(0)}/s to ${medianOf(rates.alone).toFixed(0)}/s; ${answered.pages} pages, ${answered.refused} answered 503`,
  }
}

type Clicking = { readonly signal: AbortSignal; readonly answered: { pages: number; refused: number } }

/** A page that an overloaded server does not answer in time is counted: its reader would press again. */
async function click(seat: Seat, number: number, { signal, answered }: Clicking): Promise<void> {
  // Nobody presses in the same moment as all the others.
  await pause(signal, (number / people) * 1_000)
  for (let turn = number; !signal.aborted; turn++) {
    const status = await seat(asked[turn % asked.length]?.[1] ?? '/orders', 503)
    answered.pages += 1
    if (status !== 200) answered.refused += 1
    await pause(signal, 1_000)
  }
}

function pause(signal: AbortSignal, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

type Seat = (path: string, orElse?: number) => Promise<number>

/** Somebody at the portal: asks for a path of the first shop, and fails unless it is answered with 200 or what else may be. */
async function signIn({ port }: ServerProcess): Promise<Seat> {
  const root = `http://127.0.0.1:${port}/portal`
  const door = await fetch(`${root}/demo`, { redirect: 'manual' })
  const cookie = door.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error('the demo owner was not signed in')
  const headers = { cookie }
  const { merchants } = (await (await fetch(`${root}/api/session`, { headers })).json()) as {
    merchants: { id: number }[]
  }
  return async (path, orElse) => {
    const answer = await fetch(`${root}/api/merchants/${merchants[0]?.id}${path}`, { headers })
    await answer.arrayBuffer()
    if (answer.status !== 200 && answer.status !== orElse) throw new Error(`GET ${path} was answered ${answer.status}`)
    return answer.status
  }
}

async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let count = 0; count < times; count++) await work()
}
