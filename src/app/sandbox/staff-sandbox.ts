import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { instantFromMicros, plus, second } from '../../kernel/instant.ts'
import { type Result, refuse } from '../../kernel/result.ts'
import type { AuditLog, By } from '../audit/audit-log.ts'
import type { LocalChains } from '../chain/local-chains.ts'
import type { MessageLog, ReadableMessage } from '../message/message-log.ts'
import type { ClockMover, ClockRefusal } from './clock-mover.ts'

/** What can go wrong at the simulated acquirer, as often as told; `none` takes back what was ordered and has not struck. */
export const acquirerFaults = [
  'none',
  'decline',
  'slow',
  'cut_before',
  'cut_after',
  'duplicate',
  'nonsense',
  'unavailable',
] as const

export type AcquirerFault = (typeof acquirerFaults)[number]

/** Orders faults of the acquirer simulator; false when none runs here. */
export type OrderFaults = (fault: AcquirerFault, count: number) => Promise<boolean>

/** The sandbox's levers for staff. What moves them is in the audit log first: a clock that was moved tells nobody who did it. */
export type StaffSandbox = {
  readonly now: () => Instant
  readonly cards: readonly (readonly [number: string, outcome: string])[]
  readonly chains: () => ReturnType<LocalChains['list']>
  readonly messages: (merchantId: MerchantId) => Promise<readonly ReadableMessage[]>
  readonly advance: (merchantId: MerchantId, seconds: number, by: By) => Promise<Result<Instant, ClockRefusal>>
  readonly orderFaults: (merchantId: MerchantId, fault: AcquirerFault, count: number, by: By) => Promise<boolean>
}

const mostMessages = 50

export function createStaffSandbox(parts: {
  readonly mover: ClockMover
  readonly chains: LocalChains | undefined
  readonly messages: MessageLog
  readonly orderFaults: OrderFaults
  readonly cards: StaffSandbox['cards']
  readonly auditLog: Pick<AuditLog, 'record'>
}): StaffSandbox {
  const { mover, chains, messages, orderFaults, cards, auditLog } = parts
  return {
    now: mover.now,
    cards,
    chains: () => chains?.list() ?? [],
    messages: (merchantId) => messages.list({ merchantId, recipient: null, limit: mostMessages }),
    advance: async (merchantId, seconds, by) => {
      const to = plus(mover.now(), BigInt(seconds) * second)
      if (to < instantFromMicros(0n)) return refuse('too_far')
      const entry = { action: 'advance_clock', subject: 'sandbox', before: null, after: { seconds } }
      await auditLog.record({ merchantId, ...by, ...entry })
      return await mover.advanceTo(to)
    },
    orderFaults: async (merchantId, fault, count, by) => {
      const entry = { action: 'order_acquirer_faults', subject: 'sandbox', before: null, after: { fault, count } }
      await auditLog.record({ merchantId, ...by, ...entry })
      return await orderFaults(fault, count)
    },
  }
}
