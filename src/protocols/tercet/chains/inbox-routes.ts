import type { FastifyInstance } from 'fastify'
import type { AttachRefusal, ChainInbox } from '../../../app/chain/chain-inbox.ts'
import type { ChainSettings } from '../../../app/chain/chain-settings.ts'
import type { WriteOnce } from '../../../app/shared/write-once.ts'
import { parseChainId, parseHash } from '../../../domain/chain/address.ts'
import { type TransferKey, transferKey } from '../../../domain/chain/chain.ts'
import { paymentTransaction } from '../../../domain/chain/payment-uri.ts'
import { parsePaymentId } from '../../../kernel/ids.ts'
import { invalid, notFound, Refused } from '../errors.ts'
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
  scope.get(path, schemas.listInbox, async (request) => {
    const limit = queryLimit(request)
    const [transfers, chains] = await Promise.all([inbox.list(request.tercetMerchantId, limit), settings.chains()])
    return {
      transfers: transfers.map((stored) => {
        const { chainId, token, from, units } = stored.transfer
        const refund = { chainId, ...paymentTransaction({ token, recipient: from, units }) }
        return { ...transferView(stored, chains), reason: stored.reason, refund }
      }),
    }
  })
  registerWrite(scope, { method: 'POST', url: `${path}/attach`, ...schemas.attachTransfer }, once, (request) => {
    const fields = readFields(request, ['transfer', 'payment'])
    const key = readKey(fields.transfer)
    const payment = typeof fields.payment === 'string' ? parsePaymentId(fields.payment) : undefined
    if (!payment) throw notFound('payment')
    // The engine's own transaction: a repeat finds the transfer taken.
    return async () => {
      const attached = await inbox.attach(request.tercetMerchantId, key, payment)
      return attached.ok ? { status: 200, body: { transfer: transferKey(key), payment } } : refusals[attached.reason]
    }
  })
  registerWrite(scope, { method: 'POST', url: `${path}/dismiss`, ...schemas.dismissTransfer }, once, (request) => {
    const key = readKey(readFields(request, ['transfer']).transfer)
    return async () =>
      (await inbox.dismiss(request.tercetMerchantId, key))
        ? { status: 200, body: { transfer: transferKey(key) } }
        : refusals.not_in_inbox
  })
}

const refusals: Record<AttachRefusal, Refused> = {
  not_in_inbox: notFound('transfer in the inbox'),
  never_asked: new Refused(409, 'never_asked', 'The payment never asked for that token on that chain.'),
  refused: new Refused(409, 'not_taken', 'The payment takes nothing any more.'),
}

/** `321/0x.../0`, as the inbox names it. */
function readKey(value: unknown): TransferKey {
  const [, chain = '', hash = '', log = ''] =
    /^(\d{1,15})\/(0x[\da-f]{64})\/(-?\d{1,9})$/.exec(typeof value === 'string' ? value : '') ?? []
  const [chainId, transaction] = [parseChainId(Number(chain)), parseHash(hash)]
  if (chainId === undefined || transaction === undefined)
    throw invalid('The field transfer must be the id of a transfer in the inbox.')
  return { chainId, transaction, logIndex: Number(log) }
}
