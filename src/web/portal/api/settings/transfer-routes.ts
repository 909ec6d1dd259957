import { Type } from 'typebox'
import type { AttachRefusal } from '../../../../app/chain/chain-inbox.ts'
import { parseChainId, parseHash } from '../../../../domain/chain/address.ts'
import { type TransferKey, transferKey } from '../../../../domain/chain/chain.ts'
import { parsePaymentId } from '../../../../kernel/ids.ts'
import type { PortalApp } from '../../portal-app.ts'
import { Refused, route } from '../route.ts'
import { done, ofMerchant } from '../shapes.ts'
import { transferOf, transferSchema } from '../transfer-view.ts'

const transfer = Type.Object({
  chainId: Type.Integer(),
  transaction: Type.String({ maxLength: 66 }),
  logIndex: Type.Integer(),
})
const resolve = { to: 'merchant', permission: 'resolve_transfers' } as const
const mostShown = 200

/** What arrived at a shop's wallets and no order took. */
export function transferRoutes(app: PortalApp) {
  const { inbox } = app.chains
  const { auditLog } = app.users
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/transfers',
      access: { to: 'merchant', permission: 'view_transfers' },
      summary: 'Transfers that no order took, newest first',
      schemas: {
        params: ofMerchant,
        answer: Type.Object({
          transfers: Type.Array(Type.Intersect([transferSchema, Type.Object({ reason: Type.String() })])),
        }),
      },
      handle: async ({ caller: { merchantId } }) => {
        const found = await app.orders.showTransfers(await inbox.list(merchantId, mostShown))
        return { transfers: found.map((each) => ({ ...transferOf(each), reason: each.reason ?? '' })) }
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/transfers/attach',
      access: resolve,
      summary: 'Take a transfer for an order, at the rate that was agreed on last',
      schemas: {
        params: ofMerchant,
        body: Type.Object({ transfer, order: Type.String({ maxLength: 64 }) }),
        answer: done,
      },
      handle: async ({ body, caller: { merchantId, by } }) => {
        const key = keyOf(body.transfer)
        const order = parsePaymentId(body.order.trim().toUpperCase())
        if (order === undefined) throw new Refused(404, 'unknown_payment', 'There is no such order.')
        const entry = { merchantId, ...by, action: 'attach_transfer', subject: transferKey(key), before: null }
        await auditLog.record({ ...entry, after: { order } })
        const attached = await inbox.attach(merchantId, key, order)
        if (!attached.ok) throw refusals[attached.reason]
        return { ok: true as const }
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/transfers/dismiss',
      access: resolve,
      summary: 'Take a transfer out of the inbox, for no order',
      schemas: { params: ofMerchant, body: Type.Object({ transfer }), answer: done },
      handle: async ({ body, caller: { merchantId, by } }) => {
        const key = keyOf(body.transfer)
        const entry = { merchantId, ...by, action: 'dismiss_transfer', subject: transferKey(key) }
        await auditLog.record({ ...entry, before: null, after: null })
        if (!(await inbox.dismiss(merchantId, key))) throw refusals.not_in_inbox
        return { ok: true as const }
      },
    }),
  ] as const
}

const refusals: Readonly<Record<AttachRefusal, Refused>> = {
  not_in_inbox: new Refused(404, 'not_in_inbox', 'This transfer is not in the inbox any more.'),
  never_asked: new Refused(
    409,
    'never_asked',
    'This order never asked for that token on that chain, so nobody agreed on a rate.',
  ),
  refused: new Refused(409, 'not_taken', 'This order takes nothing any more.'),
}

function keyOf(named: { chainId: number; transaction: string; logIndex: number }): TransferKey {
  const [chainId, transaction] = [parseChainId(named.chainId), parseHash(named.transaction)]
  if (chainId === undefined || transaction === undefined || Math.abs(named.logIndex) > 1e9) throw refusals.not_in_inbox
  return { chainId, transaction, logIndex: named.logIndex }
}
