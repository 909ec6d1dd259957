import type pg from 'pg'
import { endOtherSessions } from '../../db/user/sessions.ts'
import {
  countRecoveryCodes,
  findStaff,
  replaceRecoveryCodes,
  setPassword,
  setTotpSecret,
  spendTotpStep,
} from '../../db/user/staff.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import {
  explainPasswordProblem,
  type PasswordProblem,
  passwordProblem,
  type SessionId,
  type UserId,
} from '../../domain/user/user.ts'
import type { Clock } from '../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { hashPassword } from './passwords.ts'
import { hashRecoveryCode, newRecoveryCodes, totpStepOf } from './second-factors.ts'

/** An authenticator app's secret on its way to the app: as text, and as the address that its QR code holds. */
export type TotpOffer = { readonly secret: string; readonly uri: string }

/** What a person does with the own account. Whoever calls has stepped up: each of these would let a thief in or the owner out. */
export type Account = {
  readonly changePassword: (
    who: { readonly userId: UserId; readonly sessionId: SessionId },
    password: string,
  ) => Promise<Result<true, { readonly code: PasswordProblem | 'account_gone'; readonly sentence: string }>>
  /** A fresh secret. Nothing is kept until a code of it came back. */
  readonly offerTotp: (email: string) => Promise<TotpOffer>
  /** Keeps the secret when the code is one of it; answers the recovery codes, shown this once. */
  readonly enableTotp: (userId: UserId, secret: string, code: string) => Promise<readonly string[] | undefined>
  readonly disableTotp: (userId: UserId) => Promise<void>
  readonly renewRecoveryCodes: (userId: UserId) => Promise<readonly string[]>
  readonly recoveryCodesLeft: (userId: UserId) => Promise<number>
}

export type AccountParts = { readonly pool: pg.Pool; readonly sealer: Sealer; readonly clock: Clock }

export function createAccount({ pool, sealer, clock }: AccountParts): Account {
  const inOne = <T>(work: (client: pg.PoolClient) => Promise<T>) => outageAsUnavailable(inTransaction(pool, work))
  return {
    changePassword: async ({ userId, sessionId }, password) => {
      const staff = await outageAsUnavailable(findStaff(pool, userId))
      if (!staff) return refuse({ code: 'account_gone', sentence: 'This account is gone.' })
      const problem = passwordProblem(password, staff)
      if (problem !== undefined) return refuse({ code: problem, sentence: explainPasswordProblem(problem) })
      const passwordHash = await hashPassword(password)
      await inOne(async (client) => {
        await setPassword(client, userId, passwordHash)
        await endOtherSessions(client, userId, sessionId, clock.now())
      })
      return ok(true)
    },
    offerTotp: async (email) => {
      const { generateSecret, generateURI } = await import('otplib')
      const secret = generateSecret()
      return { secret, uri: generateURI({ issuer: 'Tercet', label: email, secret }) }
    },
    enableTotp: async (userId, secret, code) => {
      if (!/^[A-Z2-7]{32}$/.test(secret) || !/^\d{6}$/.test(code)) return undefined
      const step = await totpStepOf(secret, code, clock)
      if (step === undefined) return undefined
      const codes = newRecoveryCodes()
      await inOne(async (client) => {
        await setTotpSecret(client, userId, sealer.seal(secret))
        await spendTotpStep(client, userId, step)
        await replaceRecoveryCodes(client, userId, codes.map(hashRecoveryCode))
      })
      return codes
    },
    disableTotp: (userId) =>
      inOne(async (client) => {
        await setTotpSecret(client, userId, null)
        await replaceRecoveryCodes(client, userId, [])
      }),
    renewRecoveryCodes: async (userId) => {
      const codes = newRecoveryCodes()
      await inOne((client) => replaceRecoveryCodes(client, userId, codes.map(hashRecoveryCode)))
      return codes
    },
    recoveryCodesLeft: (userId) => outageAsUnavailable(countRecoveryCodes(pool, userId)),
  }
}
