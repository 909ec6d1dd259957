import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { type StaffRow, spendRecoveryCode, spendTotpStep } from '../../db/user/staff.ts'
import type { Clock } from '../../kernel/clock.ts'
import { second } from '../../kernel/instant.ts'
import type { Sealer } from '../shared/seal.ts'

/** What a person types beside the password: six digits of an authenticator app, or one of the recovery codes kept for a lost phone. */
export type SecondFactors = {
  /** Whether the code is right and was never used before; a right one is used up by the question. */
  readonly use: (staff: StaffRow, code: string) => Promise<boolean>
}

export type SecondFactorParts = { readonly pool: pg.Pool; readonly sealer: Sealer; readonly clock: Clock }

export function createSecondFactors({ pool, sealer, clock }: SecondFactorParts): SecondFactors {
  return {
    use: async (staff, code) => {
      const typed = code.replaceAll(/[\s-]/g, '')
      if (/^\d{6}$/.test(typed)) return await spendTotp(pool, sealer, clock, staff, typed)
      return await spendRecoveryCode(pool, staff.userId, hashRecoveryCode(typed), clock.now())
    },
  }
}

async function spendTotp(pool: pg.Pool, sealer: Sealer, clock: Clock, staff: StaffRow, code: string): Promise<boolean> {
  if (!staff.sealedTotpSecret) return false
  const step = await totpStepOf(sealer.open(staff.sealedTotpSecret), code, clock)
  return step !== undefined && (await spendTotpStep(pool, staff.userId, step))
}

/** The time step that the code belongs to, this one or a neighbour; undefined when it is none of theirs. */
export async function totpStepOf(secret: string, code: string, clock: Clock): Promise<bigint | undefined> {
  const { verifySync } = await import('otplib')
  const epoch = Number(clock.now() / second)
  const result = verifySync({ secret, token: code, epoch, epochTolerance: 30 })
  return result.valid && 'timeStep' in result ? BigInt(result.timeStep) : undefined
}

const recoveryCodes = 10
/** No vowels, so that no code is a word, and nothing that looks like something else. */
const alphabet = 'bcdfghjkmnpqrstvwxz23456789'

/** Ten codes of 57 bits, shown once and written `bcdfgh-jkmnpq`. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: recoveryCodes }, () => {
    const letters = Array.from(randomBytes(12), (byte) => alphabet[byte % alphabet.length]).join('')
    return `${letters.slice(0, 6)}-${letters.slice(6)}`
  })
}

/** How a recovery code is kept. It has enough bits to need no slow hash. */
export function hashRecoveryCode(code: string): Buffer {
  return createHash('sha256').update(code.replaceAll(/[\s-]/g, '').toLowerCase()).digest()
}
