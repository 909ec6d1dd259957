import { randomInt, randomUUID } from 'node:crypto'
import { insertMessages } from '../../db/message/insert-messages.ts'
import { countSignIns, insertSignIn, lockContact } from '../../db/shopper/sign-ins.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import { type Contact, channelOf } from '../../domain/shopper/contact.ts'
import { type CodeRefusal, codeLimits, refuseCode } from '../../domain/shopper/one-time-code.ts'
import { type Instant, minute, plus } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { contactOwner } from './contact-owner.ts'
import type { ShopperParts } from './shopper-parts.ts'

export type CodeRequest = {
  readonly contact: Contact
  /** the secret of the browser's visitor cookie: only this browser can use the code */
  readonly visitor: string
  /** where the request came from */
  readonly address: string
  readonly language: Language
  /** whose order it is for; null in the account */
  readonly merchantId: number | null
}

export type RequestCodeRefusal = CodeRefusal | { readonly reason: 'no_channel' }

/** The sandbox's code: everybody knows it, so that tests need no mailbox. */
const sandboxCode = '123456'

/**
 * Sends a one-time code. The answer and the work are the same whether the contact has an account or not, so nobody learns
 * who has one. The message is written with the code, so none is sent that would not count.
 */
export async function requestCode(
  parts: ShopperParts,
  request: CodeRequest,
): Promise<Result<void, RequestCodeRefusal>> {
  if (!parts.channels.has(channelOf(request.contact))) return refuse({ reason: 'no_channel' })
  if (!parts.codeBrake) return await sendCode(parts, request)
  const giveBack = await parts.codeBrake(request)
  if (!giveBack) return refuse({ reason: 'too_many' })
  let isSent = false
  try {
    const result = await sendCode(parts, request)
    isSent = result.ok
    return result
  } finally {
    if (!isSent) await giveBack()
  }
}

/** Counts what this cell has sent, and writes code and message in one transaction. */
async function sendCode(parts: ShopperParts, request: CodeRequest): Promise<Result<void, CodeRefusal>> {
  const { pool, secrets, clock } = parts
  const now = clock.now()
  const owner = contactOwner(parts, request.contact)
  const addressHash = secrets.hash('address', request.address)
  return await outageAsUnavailable(
    inTransaction(pool, async (client) => {
      await lockContact(client, owner)
      // A test suite signs the same shopper in again and again: in the sandbox nothing leaves, so nothing is counted.
      const refusal =
        parts.mode === 'live' ? refuseCode(await countSignIns(client, { owner, addressHash, now }), now) : undefined
      if (refusal) return refuse(refusal)
      const id = randomUUID()
      const code = parts.mode === 'sandbox' ? sandboxCode : String(randomInt(1_000_000)).padStart(6, '0')
      await insertSignIn(client, {
        ...{ owner, id, contact: request.contact, addressHash, createdAt: now },
        visitorHash: secrets.hash('visitor', request.visitor),
        codeHash: secrets.hash('code', `${id}:${code}`),
        expiresAt: plus(now, codeLimits.validFor),
      })
      await client.query(insertMessages([codeMessage(parts, request, { owner, id, code, now })]))
      return ok(undefined)
    }),
  )
}

function codeMessage(
  { sealer }: ShopperParts,
  { contact, language, merchantId }: CodeRequest,
  { owner, id, code, now }: { owner: `contact:${string}`; id: string; code: string; now: Instant },
) {
  return {
    ...{ owner, cause: `sign-in:${id}`, merchantId, recipient: contact, language, createdAt: now },
    channel: channelOf(contact),
    facts: {
      kind: 'code',
      sealedCode: sealer.seal(code).toString('base64'),
      minutes: Number(codeLimits.validFor / minute),
    },
    usefulUntil: plus(now, codeLimits.validFor),
  } as const
}
