import { listPayments } from '../../db/payment/payments.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import { isoOf } from '../../kernel/instant.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { chooseMerchant, type MerchantOption } from '../merchant.ts'
import { amountText, amountView, timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'
import { instantOf, type When } from '../read/time.ts'
import { readToken } from './token.ts'

export type ListOptions = OutputOptions &
  MerchantOption & {
    readonly state?: PaymentState
    readonly reference?: string
    readonly from?: When
    readonly to?: When
    readonly limit: number
    readonly before?: string
  }

/** One merchant's orders, newest first, read from the database. */
export async function listOrders(io: Io, options: ListOptions): Promise<void> {
  const after = options.before === undefined ? null : readToken(options.before)
  const payments = await withDatabase(io, async (database) => {
    const merchant = await chooseMerchant(database, options)
    const now = database.clock.now()
    return await listPayments(database.pool, {
      merchantId: merchant.id,
      state: options.state ?? null,
      merchantReference: options.reference ?? null,
      from: options.from ? instantOf(options.from, now) : null,
      to: options.to ? instantOf(options.to, now) : null,
      after,
      limit: options.limit,
    })
  })
  const next = payments.length === options.limit ? (payments.at(-1)?.id ?? null) : null
  answer(io, options, { orders: payments.map(viewOf), next }, () => [
    ...(payments.length === 0 ? [emptyText(options)] : orderTable(payments)),
    ...(next === null ? [] : ['', `There may be more: --before ${next}`]),
  ])
}

function emptyText({ state, reference, from, to, before }: ListOptions): string {
  const isFiltered = [state, reference, from, to, before].some((each) => each !== undefined)
  return isFiltered ? 'There is no such order.' : 'This merchant has no order yet.'
}

function orderTable(payments: readonly Payment[]): string[] {
  const head = ['order', 'created', 'state', 'total', 'captured', 'refunded', 'reference']
  return table(head, payments.map(rowOf), ['total', 'captured', 'refunded'])
}

function rowOf({ id, createdAt, state, total, captured, refunded, currency, merchantReference }: Payment): string[] {
  const some = (minor: bigint) => (minor === 0n ? '' : amountText(minor, currency))
  return [
    id,
    timeText(createdAt),
    state,
    amountText(total, currency),
    some(captured),
    some(refunded),
    merchantReference ?? '',
  ]
}

function viewOf({ id, createdAt, state, total, captured, refunded, currency, ...payment }: Payment): object {
  return {
    ...{ token: id, protocol: payment.protocol, product: payment.product, state, createdAt: isoOf(createdAt) },
    total: amountView(total, currency),
    captured: amountView(captured, currency),
    refunded: amountView(refunded, currency),
    merchantReference: payment.merchantReference,
  }
}
