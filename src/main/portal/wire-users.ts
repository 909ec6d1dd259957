import { hkdfSync } from 'node:crypto'
import type pg from 'pg'
import { createAuditLog } from '../../app/audit/audit-log.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import { createAccount } from '../../app/user/account.ts'
import { createChallenges } from '../../app/user/challenges.ts'
import { createDemoSignIn } from '../../app/user/demo-owner.ts'
import { createPasskeys } from '../../app/user/passkeys.ts'
import { createPeople } from '../../app/user/people.ts'
import { createSavedViews } from '../../app/user/saved-views.ts'
import { createSecondFactors } from '../../app/user/second-factors.ts'
import { createSessions } from '../../app/user/sessions.ts'
import { createSignIn } from '../../app/user/sign-in.ts'
import { systemClock } from '../../kernel/clock.ts'
import type { Users } from '../../web/portal/portal-app.ts'
import type { Config } from '../config.ts'

export type UserParts = {
  readonly pool: pg.Pool
  /** where tries to sign in are counted */
  readonly brakePool: pg.Pool
  readonly sealer: Sealer
  readonly publicUrl: string
  readonly config: Pick<Config, 'mode' | 'secretKey'>
}

/** The people of the shops. They live on real time: moving the sandbox's clock signs nobody out and fits no authenticator app. */
export function wireUsers({ pool, brakePool, sealer, publicUrl, config }: UserParts): Users {
  const clock = systemClock
  const sessions = createSessions(pool, clock)
  const secondFactors = createSecondFactors({ pool, sealer, clock })
  const challenges = createChallenges(keyFor('portal challenges', config.secretKey), clock)
  return {
    sessions,
    signIn: createSignIn({ pool, brakePool, clock, sessions, secondFactors }),
    passkeys: createPasskeys({ pool, clock, sessions, publicUrl, challenges }),
    account: createAccount({ pool, sealer, clock }),
    people: createPeople({ pool, clock, publicUrl, sealer }),
    savedViews: createSavedViews(pool),
    auditLog: createAuditLog(pool, clock),
    demo: config.mode === 'sandbox' ? createDemoSignIn(pool, sessions) : undefined,
  }
}

/** A key of its own for each purpose, so that what one of them signs is nothing to another. */
function keyFor(purpose: string, secretKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secretKey, '', purpose, 32))
}
