import type { FastifyInstance } from 'fastify'
import type { App } from '../../../app/app.ts'
import { coin } from '../../../domain/chain/address.ts'
import { type Chain, symbolOf } from '../../../domain/chain/chain.ts'
import { marksOf } from '../../../domain/chain/payment-marks.ts'
import { parsePaymentId } from '../../../kernel/ids.ts'
import { isoOf } from '../../../kernel/instant.ts'
import { decimalOf } from '../../../kernel/money.ts'
import { refuse } from '../../../kernel/result.ts'
import { answer, answering } from '../../shared/handler.ts'
import { notFound } from '../../shared/refusal.ts'
import * as schemas from './schemas.ts'
import { transferView } from './transfer-view.ts'

/** How a payment was paid on its chains: what it asked for, what came, and whether that was late, partial or too much. */
export function registerChainPayments(
  scope: FastifyInstance,
  { payments, chains }: Pick<App, 'payments' | 'chains'>,
): void {
  scope.get(
    '/tercet/chains/payments/:id',
    schemas.readChainPayment,
    answering(async (request) => {
      const id = parsePaymentId((request.params as { id: string }).id)
      const stored = id && (await payments.find(request.tercetMerchantId, id))
      if (!stored || stored.payment.funding !== 'none') return refuse(notFound('payment'))
      const { payment } = stored
      const [{ amounts, transfers }, known] = await Promise.all([
        chains.state(payment.merchantId, payment.id),
        chains.settings.chains(),
      ])
      const { isLate, isPartial, overpaid } = marksOf(payment, amounts, transfers)
      const money = (minor: bigint) => ({
        amount: decimalOf({ currency: payment.currency, minor }),
        currency: payment.currency,
      })
      return answer({
        ...{
          payment: payment.id,
          state: payment.state,
          total: money(payment.total),
          received: money(payment.received),
        },
        ...{ settled: money(payment.settled), late: isLate, partial: isPartial, overpaid: money(overpaid) },
        amounts: amounts.map((amount) => amountView(amount, known)),
        transfers: transfers.map((each) => ({ ...transferView(each, known), worth: money(each.owner?.minor ?? 0n) })),
      })
    }),
  )
}

type Amount = Awaited<ReturnType<App['chains']['state']>>['amounts'][number]

function amountView(
  { chainId, token, recipient, units, received, expiresAt, watchedUntil }: Amount,
  known: readonly Chain[],
): object {
  const chain = known.find(({ id }) => id === chainId)
  return {
    ...{ chainId, token: chain ? symbolOf(chain, token) : token, tokenAddress: token === coin ? null : token },
    ...{ recipient, units: units.toString(), receivedUnits: received.toString() },
    ...{ expiresAt: isoOf(expiresAt), watchedUntil: isoOf(watchedUntil) },
  }
}
