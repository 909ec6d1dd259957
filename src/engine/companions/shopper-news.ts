import { insertNews, type NewsFacts, type ShopperNews } from '../../db/message/insert-news.ts'
import { paymentPlan } from '../../domain/instalments/payment-plan.ts'
import { isInstalmentProduct, productRules } from '../../domain/instalments/products.ts'
import type { Attachment } from '../attachment.ts'
import type { Carrier, Change, Companion, CompanionPart } from '../companion.ts'

const name = 'shopper_news'

/** The command may authorize the order of a shopper of ours. */
export const tellsShopper: Attachment = { companion: name, weight: 0 }

/** Tells the shopper that their order is confirmed, or that nothing more will be taken for it, in the transaction that makes it so. */
export const shopperNews: Companion = {
  name,
  concerns: ({ action, attachments }) =>
    action.kind === 'void' || (attachments?.some(({ companion }) => companion === name) ?? false),
  load: async () => newsPart(),
}

function newsPart(): CompanionPart {
  const news: ShopperNews[] = []
  return {
    keep: (carrier, change) => {
      const facts = factsOf(carrier, change)
      const { merchantId, id: paymentId, sequence, funding } = change.payment
      if (facts && funding === 'shopper') news.push({ merchantId, paymentId, sequence, facts, at: change.now })
    },
    statements: () => (news.length > 0 ? [insertNews(news)] : []),
  }
}

/** Nobody was promised anything for an order that was never authorized. */
function factsOf({ command }: Carrier, { payment, before, events, now }: Change): NewsFacts | undefined {
  const total = { currency: payment.currency, minor: String(payment.total) }
  if (payment.state === 'voided') return before?.authorizedAt ? { kind: 'cancelled', total } : undefined
  if (!events.some(({ kind }) => kind === 'authorized')) return undefined
  // When pay-later is due is written in the order, which is not at hand here: the account shows it.
  const { product } = payment
  const isKnown = isInstalmentProduct(product) && productRules[product].startsAtOnce
  const plan = isKnown ? paymentPlan(payment, command.merchant, undefined, now) : []
  return {
    kind: 'order_confirmed',
    total,
    plan: plan.map(({ dueAt, amount }) => ({
      dueAt,
      amount: { currency: amount.currency, minor: String(amount.minor) },
    })),
  }
}
