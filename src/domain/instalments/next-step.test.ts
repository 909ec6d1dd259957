import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPlan, collectAll, linesOf, nextOf, planStart, withStep } from '../../../test/support/payments/plans.ts'
import { type Instant, instantFromMillis, minute, plus, second } from '../../kernel/instant.ts'
import { nextStep } from './next-step.ts'
import type { PlanFacts } from './plan-facts.ts'

function at(iso: string): Instant {
  return instantFromMillis(Date.parse(iso))
}

const charged = collectAll(aPlan(), planStart)

function declined(
  facts: PlanFacts,
  time: string,
  cardId = 'order',
  more: Partial<PlanFacts['steps'][number]> = {},
): PlanFacts {
  return withStep(facts, {
    ...{ purpose: 'charge', instalment: 2, amount: 3_000n, state: 'declined', failure: 'insufficient_funds' },
    ...{ cardId, startedAt: at(time), ...more },
  })
}

test('the first instalment is taken from the hold as soon as it is captured, and the next waits for its morning', () => {
  assert.equal(nextOf(aPlan()), 'capture 3000 for 1')
  assert.deepEqual(
    charged.steps.map(({ purpose, amount }) => `${purpose} ${amount}`),
    ['capture 3000'],
  )
  assert.equal(nextOf(charged), 'wait until 2026-02-15T07:00:00.000Z')
  assert.equal(nextOf(charged, at('2026-02-15T07:00:00Z')), 'charge 3000 for 2 on order')
})

test('nothing captured and nothing to be captured any more lets the whole hold go', () => {
  const ended = aPlan({ captured: 0n, held: 3_000n })
  assert.equal(nextOf(ended), 'release 3000 for 0')
  assert.equal(nextOf({ ...ended, isOpen: true }), 'nothing')
  assert.equal(nextOf(withStep(ended, { purpose: 'release', instalment: 0, amount: 3_000n })), 'nothing')
})

test('a partial capture takes its own first instalment and lets the rest of the hold go', () => {
  const part = aPlan({ captured: 4_500n, held: 3_000n })
  const done = collectAll(part, planStart)
  assert.deepEqual(
    done.steps.map(({ purpose, amount }) => `${purpose} ${amount}`),
    ['capture 1500', 'release 1500'],
  )
})

test('a further capture takes more from what the hold still has, then from the card', () => {
  const first = collectAll(aPlan({ captured: 4_500n, held: 2_000n, isOpen: true }), planStart)
  assert.deepEqual(
    first.steps.map(({ purpose, amount }) => `${purpose} ${amount}`),
    ['capture 1500'],
  )
  const { schedule } = aPlan({ captured: 9_000n })
  const second = collectAll({ ...first, schedule, isOpen: false }, planStart)
  assert.deepEqual(
    second.steps.slice(1).map(({ purpose, amount }) => `${purpose} ${amount}`),
    ['capture 500', 'charge 1000'],
  )
})

test('pay later takes nothing today', () => {
  assert.equal(nextOf(aPlan({ product: 'later' })), 'wait until 2026-01-29T07:00:00.000Z')
})

test('what a rail refuses is not asked for again, and the card is charged instead of the hold', () => {
  const refused = { purpose: 'capture', instalment: 1, amount: 3_000n, state: 'declined' } as const
  assert.equal(nextOf(withStep(aPlan(), { ...refused, failure: 'not_permitted' })), 'charge 3000 for 1 on order')
})

test('what a rail could not do is asked for anew, a few times and ever later', () => {
  const failed = { purpose: 'capture', instalment: 1, amount: 3_000n, state: 'declined' } as const
  let plan = aPlan()
  let now = planStart
  for (const minutes of [1n, 4n, 16n, 64n, 256n]) {
    assert.equal(nextOf(plan, now), 'capture 3000 for 1')
    plan = withStep(plan, { ...failed, failure: 'processing_error', startedAt: now })
    assert.match(nextOf(plan, plus(now, minutes * minute - second)), /^wait until/)
    now = plus(now, minutes * minute)
  }
  assert.equal(nextOf(plan, now), 'charge 3000 for 1 on order')
})

test('a rail that fails however often is asked again some hours after its last failure', () => {
  const failed = { purpose: 'charge', instalment: 2, amount: 3_000n, state: 'declined' } as const
  let plan = charged
  for (let times = 0; times < 30; times++)
    plan = withStep(plan, { ...failed, failure: 'processing_error', startedAt: at('2026-02-15T07:00:00Z') })
  assert.equal(nextOf(plan, at('2026-02-15T11:15:59Z')), 'wait until 2026-02-15T11:16:00.000Z')
  assert.equal(nextOf(plan, at('2026-02-15T11:16:00Z'), ['new']), 'charge 3000 for 2 on new')
})

test('a failed charge tries the other cards, and all of them again on days 1, 3 and 7, and then it is overdue', () => {
  const cards = ['order', 'other']
  const day = (date: string) => at(`2026-02-${date}T07:00:00Z`)
  let plan = declined(charged, '2026-02-15T07:00:00Z')
  assert.equal(nextOf(plan, day('15'), cards), 'charge 3000 for 2 on other')
  plan = declined(plan, '2026-02-15T07:00:00Z', 'other')
  for (const [date, next] of [
    ['15', '16'],
    ['16', '18'],
    ['18', '22'],
  ] as const) {
    assert.equal(nextOf(plan, day(date), cards), `wait until 2026-02-${next}T07:00:00.000Z`)
    assert.equal(nextOf(plan, day(next), cards), 'charge 3000 for 2 on order')
    plan = declined(declined(plan, `2026-02-${next}T07:00:00Z`), `2026-02-${next}T07:00:00Z`, 'other')
  }
  const state = nextStep(plan, cards, day('22'))
  assert.equal(state.overdueSince, day('22'))
  assert.equal(state.plan.instalments[1]?.status, 'overdue')
  assert.equal(nextOf(plan, day('22'), cards), 'wait until 2026-03-15T07:00:00.000Z')
  assert.equal(nextOf(plan, day('22'), ['new']), 'charge 3000 for 2 on new')
})

test('a lost or expired card is not charged again', () => {
  const plan = declined(charged, '2026-02-15T07:00:00Z', 'order', { failure: 'lost_or_stolen_card' })
  assert.equal(nextOf(plan, at('2026-02-16T07:00:00Z')), 'wait until 2026-02-18T07:00:00.000Z')
})

test('money goes back against the last charges first, never more than each took', () => {
  const all = collectAll(charged, at('2026-04-01T00:00:00Z'))
  const back = collectAll({ ...all, refunded: 7_000n }, at('2026-04-01T00:00:00Z'))
  assert.deepEqual(
    back.steps.slice(3).map(({ purpose, instalment, amount }) => `${purpose} ${amount} for ${instalment}`),
    ['refund 3000 for 3', 'refund 3000 for 2', 'refund 1000 for 1'],
  )
  assert.deepEqual(
    linesOf(back).map((line) => line.split(' ').slice(2).join(' ')),
    ['2000 paid', '3000 cancelled', '3000 cancelled'],
  )
})

test('what is under way is waited for, then asked about, and nothing else is done meanwhile', () => {
  const plan = withStep(
    { ...charged, refunded: 9_000n },
    { purpose: 'charge', instalment: 2, amount: 3_000n, state: 'pending' },
  )
  assert.equal(nextOf(plan), 'wait until 2026-01-15T10:00:30.000Z')
  assert.equal(nextOf(plan, plus(planStart, 30n * second)), 'ask about charge 3000')
})

test('nothing is charged for what was written off', () => {
  assert.equal(nextOf({ ...charged, isWrittenOff: true }, at('2026-05-01T00:00:00Z')), 'nothing')
})

test('each morning is one of its zone, through the change of the clock', () => {
  const zone = 'Atlantic/Azores'
  assert.equal(nextOf({ ...charged, zone }), 'wait until 2026-02-15T09:00:00.000Z')
  const twice = collectAll({ ...charged, zone }, at('2026-02-16T00:00:00Z'))
  assert.equal(
    nextOf({ ...twice, zone: 'Europe/Rome' }, at('2026-02-16T00:00:00Z')),
    'wait until 2026-03-15T07:00:00.000Z',
  )
})
