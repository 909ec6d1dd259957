import type pg from 'pg'
import { createSharedLimiter } from '../../db/brake/shared-limiter.ts'
import { listPasskeys } from '../../db/user/passkeys.ts'
import { stepUpSession } from '../../db/user/sessions.ts'
import { findStaff, findStaffByEmail, type StaffRow } from '../../db/user/staff.ts'
import { emailOf, type SessionId, type UserId } from '../../domain/user/user.ts'
import type { Clock } from '../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { isPassword } from './passwords.ts'
import type { SecondFactors } from './second-factors.ts'
import type { Origin, Sessions } from './sessions.ts'

export type SignInRefusal =
  /** address, password or code was wrong; which of them is never told */
  { readonly kind: 'wrong' } | { readonly kind: 'too_many_tries'; readonly retryAfterSeconds: number }

export type SignInStep = { readonly token: string; readonly needs: 'nothing' | 'second_factor' }

export type SignIn = {
  /** That somebody knows an account's password, whatever for: under the brake that signing in is under. */
  readonly provePassword: (
    typed: { readonly email: string; readonly password: string },
    origin: Origin,
  ) => Promise<Result<StaffRow, SignInRefusal>>
  /** With a password. Whoever has an authenticator app is asked for its code next. */
  readonly withPassword: (
    typed: { readonly email: string; readonly password: string },
    origin: Origin,
  ) => Promise<Result<SignInStep, SignInRefusal>>
  /** The second step: an incomplete session and a code become a whole session, with another token. */
  readonly withCode: (token: string, code: string, origin: Origin) => Promise<Result<SignInStep, SignInRefusal>>
  /** Proves once more who sits there: with the app's code where there is an app, else with the password. */
  readonly stepUp: (
    who: { readonly userId: UserId; readonly sessionId: SessionId },
    typed: { readonly password?: string; readonly code?: string },
    origin: Origin,
  ) => Promise<Result<true, SignInRefusal>>
  /** What the person has to prove itself with. */
  readonly factorsOf: (userId: UserId) => Promise<{ readonly hasTotp: boolean; readonly passkeys: number }>
}

export type SignInParts = {
  readonly pool: pg.Pool
  /** where tries are counted: one for all cells */
  readonly brakePool: pg.Pool
  readonly clock: Clock
  readonly sessions: Sessions
  readonly secondFactors: SecondFactors
}

const window = 15 * 60
/** Failures within a quarter of an hour, for one account and for one address that tries many. */
const failuresPerAccount = 10
const failuresPerAddress = 50

/**
 * Signing in. Nobody learns here whether an address has an account: the answer, the time it takes and the limit are the same for both.
 * A failure counts against the account and against the address it came from; a success clears the account's.
 */
export function createSignIn({ pool, brakePool, clock, sessions, secondFactors }: SignInParts): SignIn {
  const brake = createBrake(brakePool)
  const begin = async (staff: StaffRow, origin: Origin, isComplete: boolean): Promise<SignInStep> => {
    const { token } = await sessions.begin(staff.userId, origin, isComplete)
    return { token, needs: isComplete ? 'nothing' : 'second_factor' }
  }
  const provePassword: SignIn['provePassword'] = async (typed, origin) => {
    const email = emailOf(typed.email)
    return await brake.guarded(`p/${email ?? ''}`, origin, async () => {
      const staff = email === undefined ? undefined : await outageAsUnavailable(findStaffByEmail(pool, email))
      const isRight = await isPassword(staff?.passwordHash, typed.password)
      return staff && isRight && !staff.isDisabled ? ok(staff) : refuse({ kind: 'wrong' })
    })
  }
  return {
    provePassword,
    withPassword: async (typed, origin) => {
      const proven = await provePassword(typed, origin)
      return proven.ok ? ok(await begin(proven.value, origin, proven.value.sealedTotpSecret === null)) : proven
    },
    withCode: async (token, code, origin) => {
      const pending = await sessions.findPending(token)
      if (!pending) return refuse({ kind: 'wrong' })
      return await brake.guarded(`c/${pending.userId}`, origin, async () => {
        const staff = await outageAsUnavailable(findStaff(pool, pending.userId))
        if (!staff || !(await secondFactors.use(staff, code))) return refuse({ kind: 'wrong' })
        await sessions.end(pending.userId, pending.sessionId)
        return ok(await begin(staff, origin, true))
      })
    },
    stepUp: ({ userId, sessionId }, typed, origin) =>
      brake.guarded(`c/${userId}`, origin, async () => {
        const staff = await outageAsUnavailable(findStaff(pool, userId))
        const isRight =
          staff !== undefined &&
          (staff.sealedTotpSecret === null
            ? await isPassword(staff.passwordHash, typed.password ?? '')
            : await secondFactors.use(staff, typed.code ?? ''))
        if (!isRight) return refuse({ kind: 'wrong' })
        await outageAsUnavailable(stepUpSession(pool, sessionId, clock.now()))
        return ok(true)
      }),
    factorsOf: async (userId) => {
      const staff = await outageAsUnavailable(findStaff(pool, userId))
      const passkeys = await outageAsUnavailable(listPasskeys(pool, userId))
      return { hasTotp: staff?.sealedTotpSecret != null, passkeys: passkeys.length }
    },
  }
}

type Guarded = <T>(
  account: string,
  origin: Origin,
  attempt: () => Promise<Result<T, SignInRefusal>>,
) => Promise<Result<T, SignInRefusal>>

/** A try takes its place before it is made, so that a hundred at once are not a hundred tries; a success gives it back. */
function createBrake(pool: pg.Pool): { readonly guarded: Guarded } {
  const accounts = createSharedLimiter(pool, { name: 'account', points: failuresPerAccount, durationSeconds: window })
  const addresses = createSharedLimiter(pool, { name: 'address', points: failuresPerAddress, durationSeconds: window })
  return {
    guarded: async (account, { address }, attempt) => {
      const waitMs = (await accounts.take(account)) ?? (await addresses.take(address))
      if (waitMs !== undefined) return refuse({ kind: 'too_many_tries', retryAfterSeconds: Math.ceil(waitMs / 1000) })
      const result = await attempt()
      if (result.ok) {
        await accounts.forget(account)
        await addresses.giveBack(address)
      }
      return result
    },
  }
}
