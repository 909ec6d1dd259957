import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { setLateFeeTerms } from '../../../src/app/instalments/late-fee-terms.ts'
import type { PlanKey } from '../../../src/db/instalments/plan-rows.ts'
import type { LateFeeTerms } from '../../../src/domain/instalments/late-fee-terms.ts'
import type { Clock } from '../../../src/kernel/clock.ts'

/** 1.20 after a day, 1.20 more after nine. */
export const someLateFees: LateFeeTerms = {
  stages: [
    { afterDays: 1, amount: 120n },
    { afterDays: 9, amount: 120n },
  ],
  mostPerInstalment: 240n,
  mostOfOrderPpm: 150_000,
}

/** From now on being late costs something in the Netherlands. */
export async function askForLateFees(pool: pg.Pool, clock: Clock): Promise<void> {
  await setLateFeeTerms({ pool, clock }, { country: 'NL', terms: someLateFees })
}

/** Gives an order a shopper of a country, and answers their id. */
export async function ownOrder(pool: pg.Pool, { merchantId, paymentId }: PlanKey, country = 'NL'): Promise<string> {
  const shopperId = randomUUID()
  await pool.query(
    `insert into shopper (shopper_id, email, given_names, surname, birth_date, address, postcode, city, country, language, created_at)
     values ($1, 'ada@example.com', 'Ada', 'Verdi', '1990-01-31', 'Straat 1', '1011', 'Amsterdam', $2, 'nl', now())`,
    [shopperId, country],
  )
  await pool.query(
    'insert into checkout (merchant_id, payment_id, shopper_id, updated_at) values ($1, $2, $3, now())',
    [merchantId, paymentId, shopperId],
  )
  return shopperId
}
