import type { FastifyInstance } from 'fastify'
import type { AttachRefusal, ChainInbox } from '../../../app/chain/chain-inbox.ts'
import type { ChainSettings } from '../../../app/chain/chain-settings.ts'
import type { WriteOnce } from '../../../app/shared/write-once.ts'
import { parseChainId, parseHash } from '../../../domain/chain/address.ts'
import { type TransferKey, transferKey } from '../../../domain/chain/chain.ts'
import { paymentTransaction } from '../../../domain/chain/payment-uri.ts'
import { type PaymentId, parsePaymentId } from '../../../kernel/ids.ts'
import { allOf, ok, type Result, refuse } from '../../../kernel/result.ts'
import { answer, answering } from '../../shared/handler.ts'
import { invalid, notFound, type Refusal, refusal } from '../../shared/refusal.ts'
import { queryLimit, readFields } from '../input.ts'
import { registerWrite } from '../register-write.ts'
import * as schemas from './schemas.ts'
import { transferView } from './transfer-view.ts'

const path = '/tercet/chains/inbox'

/** What arrived and no payment took: listed, attached to a payment, or taken out. */
export function registerInbox(
  scope: FastifyInstance,
  { inbox, settings }: { readonly inbox: ChainInbox; readonly settings: ChainSettings },
  once: WriteOnce,
): void {
  scope.get(
    path,
    schemas.listInbox,
    answering(async (request) => {
      const limit = queryLimit(request)
      if (!limit.ok) return limit
      const listed = inbox.list(request.tercetMerchantId, limit.value)
      const [transfers, chains] = await Promise.all([listed, settings.chains()])
      return answer({
        transfers: transfers.map((stored) => {
          const { chainId, token, from, units } = stored.transfer
          const refund = { chainId, ...paymentTransaction({ token, recipient: from, units }) }
          return { ...transferView(stored, chains), reason: stored.reason, refund }
        }),
      })
    }),
  )
  registerWrite(scope, { method: 'POST', url: `${path}/attach`, ...schemas.attachTransfer }, once, (request) => {
    const fields = readFields(request, ['transfer', 'payment'])
    if (!fields.ok) return fields
    const asked = allOf({ key: readTransfer(fields.value.transfer), payment: readPayment(fields.value.payment) })
    if (!asked.ok) return asked
    const { key, payment } = asked.value
    // The engine's own transaction: a repeat finds the transfer taken.
    return ok(async () => {
      const attached = await inbox.attach(request.tercetMerchantId, key, payment)
      return attached.ok ? answer({ transfer: transferKey(key), payment }) : refuse(refusals[attached.reason])
    })
  })
  registerWrite(scope, { method: 'POST', url: `${path}/dismiss`, ...schemas.dismissTransfer }, once, (request) => {
    const fields = readFields(request, ['transfer'])
    if (!fields.ok) return fields
    const key = readTransfer(fields.value.transfer)
    if (!key.ok) return key
    return ok(async () => {
      const isTakenOut = await inbox.dismiss(request.tercetMerchantId, key.value)
      return isTakenOut ? answer({ transfer: transferKey(key.value) }) : refuse(refusals.not_in_inbox)
    })
  })
}

const refusals: Record<AttachRefusal, Refusal> = {
  not_in_inbox: notFound('transfer in the inbox'),
  never_asked: refusal(409, 'never_asked', 'The payment never asked for that token on that chain.'),
  refused: refusal(409, 'not_taken', 'The payment takes nothing any more.'),
}

/** `321/0x.../0`, as the inbox names it. */
function readTransfer(value: unknown): Result<TransferKey, Refusal> {
  const [, chain = '', hash = '', log = ''] =
    /^(\d{1,15})\/(0x[\da-f]{64})\/(-?\d{1,9})$/.exec(typeof value === 'string' ? value : '') ?? []
  const [chainId, transaction] = [parseChainId(Number(chain)), parseHash(hash)]
  if (chainId === undefined || transaction === undefined)
    return refuse(invalid('The field transfer must be the id of a transfer in the inbox.'))
  return ok({ chainId, transaction, logIndex: Number(log) })
}

function readPayment(value: unknown): Result<PaymentId, Refusal> {
  const payment = typeof value === 'string' ? parsePaymentId(value) : undefined
  return payment ? ok(payment) : refuse(notFound('payment'))
}
