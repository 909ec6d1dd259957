import { randomUUID } from 'node:crypto'
import { findShopperByContact, insertShopper } from '../../db/shopper/shoppers.ts'
import {
  countTriesOf,
  countTry,
  findSignIn,
  lockContact,
  type OpenSignIn,
  useSignIn,
} from '../../db/shopper/sign-ins.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import { codeLimits, historyStart } from '../../domain/shopper/one-time-code.ts'
import type { Shopper, ShopperId } from '../../domain/shopper/shopper.ts'
import type { Language } from '../../kernel/language.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { joinAccounts } from './cells/bring-shopper.ts'
import { isSame } from './secrets.ts'
import { startSession } from './session.ts'
import type { ShopperParts } from './shopper-parts.ts'

export type CodeTry = {
  readonly code: string
  readonly visitor: string
  readonly address: string
  readonly language: Language
  readonly isRemembered: boolean
  /** what the browser says it is, for the list of sessions */
  readonly device: string
}

export type VerifyRefusal =
  /** expired, used, tried too often, or none was asked for in this browser: a new one is needed */
  { readonly reason: 'over' } | { readonly reason: 'wrong'; readonly triesLeft: number }

export type SignedIn = { readonly shopper: Shopper; readonly cookie: string; readonly isRemembered: boolean }

/** Opens the account that the code was sent for, making it when there was none. A code is good once. */
export async function verifyCode(parts: ShopperParts, request: CodeTry): Promise<Result<SignedIn, VerifyRefusal>> {
  const result = await outageAsUnavailable(tryCode(parts, request))
  if (result.ok) await joinAccounts(parts, result.value.shopper)
  return result
}

async function tryCode(parts: ShopperParts, request: CodeTry): Promise<Result<SignedIn, VerifyRefusal>> {
  const { pool, secrets, clock } = parts
  const now = clock.now()
  const signIn = await findSignIn(pool, secrets.hash('visitor', request.visitor), now)
  if (!signIn) return refuse({ reason: 'over' })
  const ofAddress = await countTriesOf(pool, secrets.hash('address', request.address), historyStart(now).hour)
  if (ofAddress >= codeLimits.triesPerAddress) return refuse({ reason: 'over' })
  // The try is counted before the code is looked at, in a commit of its own: no two can share one.
  const tries = await countTry(pool, signIn, codeLimits.tries)
  if (tries === undefined) return refuse({ reason: 'over' })
  if (!isSame(secrets.hash('code', `${signIn.id}:${request.code}`), signIn.codeHash)) {
    const triesLeft = codeLimits.tries - tries
    return refuse(triesLeft > 0 ? { reason: 'wrong', triesLeft } : { reason: 'over' })
  }
  return await openAccount(parts, signIn, request)
}

async function openAccount(
  parts: ShopperParts,
  signIn: OpenSignIn,
  request: CodeTry,
): Promise<Result<SignedIn, VerifyRefusal>> {
  const { pool, clock } = parts
  const now = clock.now()
  return await inTransaction(pool, async (client) => {
    await lockContact(client, signIn.owner)
    if (!(await useSignIn(client, signIn, now))) return refuse({ reason: 'over' })
    const known = await findShopperByContact(client, signIn.contact)
    if (!known) {
      const id = randomUUID() as ShopperId
      await insertShopper(client, { id, contact: signIn.contact, language: request.language, now })
    }
    const shopper = known ?? (await findShopperByContact(client, signIn.contact))
    if (!shopper) throw new Error('a shopper that was just added is there')
    const cookie = await startSession(parts, client, shopper.id, request)
    return ok({ shopper, cookie, isRemembered: request.isRemembered })
  })
}
