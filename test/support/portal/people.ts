import type pg from 'pg'
import { createSealer } from '../../../src/app/shared/seal.ts'
import { createAccount } from '../../../src/app/user/account.ts'
import { createPeople } from '../../../src/app/user/people.ts'
import { createSecondFactors } from '../../../src/app/user/second-factors.ts'
import { createSessions } from '../../../src/app/user/sessions.ts'
import { createSignIn } from '../../../src/app/user/sign-in.ts'
import { insertMerchant } from '../../../src/db/merchant/merchants.ts'
import type { Role } from '../../../src/domain/user/role.ts'
import type { UserId } from '../../../src/domain/user/user.ts'
import type { MerchantId } from '../../../src/kernel/ids.ts'
import { type Instant, instantFromMillis, plus } from '../../../src/kernel/instant.ts'

export const goodPassword = 'seven quiet lamps over Milano'
export const anOrigin = { address: '192.0.2.7', agent: 'Firefox' }
export const operator = { actor: { kind: 'operator', name: 'operator' }, address: null } as const

/** Everything about people on one database, with a clock that the test moves. */
export function peopleOn(pool: pg.Pool, start = Date.UTC(2030, 0, 1)) {
  let now: Instant = instantFromMillis(start)
  const clock = { now: () => now }
  const sealer = createSealer(Buffer.alloc(32, 7))
  const sessions = createSessions(pool, clock)
  const secondFactors = createSecondFactors({ pool, sealer, clock })
  const people = createPeople({ pool, clock, publicUrl: 'https://pay.example', sealer })
  return {
    clock,
    sealer,
    sessions,
    people,
    signIn: createSignIn({ pool, brakePool: pool, clock, sessions, secondFactors }),
    account: createAccount({ pool, sealer, clock }),
    advance: (duration: bigint) => {
      now = plus(now, duration)
    },
  }
}

export async function aMerchant(pool: pg.Pool, prefix = 'SHOP'): Promise<MerchantId> {
  return await insertMerchant(pool, {
    name: `Shop ${prefix}`,
    prefix,
    currency: 'EUR',
    feePpm: 0,
    feeTaxPpm: 0,
    products: [{ product: 'pay-in-3', minimum: 1n, maximum: 100n }],
    maximumOrderExpiryMs: 86_400_000,
    expiryWarningLeadMs: 0,
    widgetToken: null,
    timeZone: 'Europe/Rome',
    isFixture: false,
  })
}

/** Somebody who works for the merchant, with `goodPassword`. */
export async function aMember(
  { people }: Pick<ReturnType<typeof peopleOn>, 'people'>,
  { merchantId, email = 'ada@example.com', role = 'owner' }: { merchantId: MerchantId; email?: string; role?: Role },
): Promise<UserId> {
  const invited = await people.invite({ merchantId, email, role, by: operator })
  if (!invited.ok) throw new Error(invited.reason.sentence)
  const token = invited.value.link.split('/').at(-1) ?? ''
  const accepted = await people.accept(token, { name: 'Ada Verdi', password: goodPassword, language: 'en' })
  if (!accepted.ok) throw new Error(accepted.reason.sentence)
  return accepted.value
}
