import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { connectClient } from '../../src/db/wire/connection.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { medianOf } from '../rounds.ts'

/** Instalments that fall due at once are charged through the sandbox's acquirer while orders are created. */
export const instalments: Scenario = { name: 'instalments', run }

const database = 'bench_instalments'

/** Of creation beside charges; what is not charged by then is told by the figure. */
const mostRounds = 30

/** The second instalment of an order of so many days ago was due a day or more ago, the third is not yet. */
const daysAgo = 33

async function run(bench: Bench): Promise<readonly Figure[]> {
  const { sizes, load } = bench
  const server = await bench.tercetOn(database)
  const client = await connectClient(inDatabase(bench.databaseUrl, database), { statementTimeoutMs: 0 })
  try {
    await load(server, 'create', { durationMs: sizes.warmUpMs })
    const most = (await load(server, 'create')).ratePerSecond
    bench.say('capturing the orders whose instalments fall due')
    await load(server, 'captured', { durationMs: sizes.memoryMs })
    await atRest(client)
    const half = { ratePerSecond: most / 2, durationMs: sizes.pacedMs }
    const alone = (await load(server, 'create', half)).ratePerSecond
    await makeDue(client)
    const created: number[] = []
    const start = performance.now()
    for (let round = 0; round < mostRounds; round++) {
      created.push((await load(server, 'create', half)).ratePerSecond)
      if (!(await isAnyDue(client))) break
    }
    const seconds = await secondsOfCharging(client)
    return figuresOf(await chargedOf(client), seconds ?? (performance.now() - start) / 1_000, medianOf(created), alone)
  } finally {
    await client.end()
  }
}

/** The first instalments are taken right after their captures: nothing is left to be done for today, nor under way. */
async function atRest(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ busy: bigint }>(
    `select (select count(*) from instalment_plan where check_at <= now() or owed = 0)
       + (select count(*) from attempt where state = 'pending') as busy`,
  )
  if (rows[0]?.busy === 0n) return
  await pause(200)
  await atRest(client)
}

/** Due, or being charged: a plan is not due any more as soon as its charge is recorded, before the acquirer has answered. */
async function isAnyDue(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ due: boolean }>(
    `select exists (select from instalment_plan where check_at <= now())
       or exists (select from attempt where state = 'pending' and purpose = 'charge') as due`,
  )
  return rows[0]?.due === true
}

async function makeDue(client: pg.Client): Promise<void> {
  const days = `interval '${daysAgo} days'`
  await client.query(`update payment set authorized_at = authorized_at - ${days} where authorized_at is not null`)
  await client.query('update instalment_plan set check_at = now()')
}

async function chargedOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from attempt where purpose = 'charge' and state = 'succeeded'`,
  )
  return rows[0]?.n ?? 0
}

async function secondsOfCharging(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ seconds: string | null }>(
    `select extract(epoch from max(finished_at) - min(started_at)) as seconds from attempt where purpose = 'charge'`,
  )
  const seconds = Number(rows[0]?.seconds ?? 0)
  return seconds > 0 ? seconds : undefined
}

function figuresOf(plans: number, seconds: number, created: number, alone: number): readonly Figure[] {
  return [
    {
      id: '6.2',
      what: 'due instalments charged a second while orders are created at half of the maximum',
      value: plans / seconds,
      target: { atLeast: 1_000 },
      note: `${plans} in ${seconds.toFixed(1)} s`,
    },
    {
      id: '6.2',
      what: 'creation at half of the maximum during that, of without',
      value: created / alone,
      target: { atLeast: 0.9 },
      note: `${created.toFixed(0)}/s to ${alone.toFixed(0)}/s`,
    },
  ]
}
