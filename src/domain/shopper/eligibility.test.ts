import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import { type EligibilityFacts, refuseShopper } from './eligibility.ts'

const day = (text: string) => text as CalendarDate
const good: EligibilityFacts = {
  ...{ amount: 9_000n, limits: { minimum: 500n, maximum: 200_000n }, isBlocked: false, overdueInstalments: 0 },
  ...{ openExposure: 0n, exposureLimit: 150_000n, ordersToday: 0, ordersPerDay: 5 },
  ...{ cardValidUntil: day('2028-03-31'), lastDueAt: day('2028-03-31') },
}

test('lets a shopper buy within every limit, to the cent and to the day', () => {
  assert.equal(refuseShopper(good), undefined)
  assert.equal(refuseShopper({ ...good, openExposure: 141_000n, ordersToday: 4 }), undefined)
  assert.equal(refuseShopper({ ...good, cardValidUntil: undefined }), undefined)
})

test('names the first thing that stands in the way', () => {
  const cases: readonly (readonly [Partial<EligibilityFacts>, string])[] = [
    [{ isBlocked: true, overdueInstalments: 1 }, 'shopper_blocked'],
    [{ amount: 499n }, 'amount_out_of_limits'],
    [{ amount: 200_001n }, 'amount_out_of_limits'],
    [{ limits: undefined }, 'amount_out_of_limits'],
    [{ overdueInstalments: 1 }, 'instalments_overdue'],
    [{ openExposure: 141_001n }, 'exposure_too_high'],
    [{ ordersToday: 5 }, 'too_many_orders'],
    [{ cardValidUntil: day('2028-02-29') }, 'card_expires_too_early'],
  ]
  for (const [change, reason] of cases) assert.equal(refuseShopper({ ...good, ...change }), reason)
})
