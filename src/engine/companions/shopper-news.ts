import { insertNews, type NewsFacts, type ShopperNews } from '../../db/message/insert-news.ts'
import { paymentPlan } from '../../domain/instalments/payment-plan.ts'
import type { Frequency } from '../../domain/instalments/products.ts'
import type { Attachment } from '../attachment.ts'
import type { Command } from '../command.ts'
import type { Carrier, Change, Companion, CompanionPart } from '../companion.ts'

const name = 'shopper_news'

type NewsAttachment = Attachment & { readonly frequency: Frequency | undefined }

/** The command may authorize the order of a shopper of ours. `frequency` is what the order says of the day of its only instalment. */
export function tellsShopper(frequency: Frequency | undefined): Attachment {
  const attachment: NewsAttachment = { companion: name, weight: 0, frequency }
  return attachment
}

/** Tells the shopper that their order is confirmed, or that nothing more will be taken for it, in the transaction that makes it so. */
export const shopperNews: Companion = {
  name,
  concerns: (command) => command.action.kind === 'void' || attachmentOf(command) !== undefined,
  load: async () => newsPart(),
}

function attachmentOf({ attachments }: Command): NewsAttachment | undefined {
  const attachment = attachments?.find(({ companion }) => companion === name)
  return attachment && (attachment as NewsAttachment)
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
  const plan = paymentPlan(payment, command.merchant, attachmentOf(command)?.frequency, now)
  return {
    kind: 'order_confirmed',
    total,
    plan: plan.map(({ dueAt, amount }) => ({
      dueAt,
      amount: { currency: amount.currency, minor: String(amount.minor) },
    })),
  }
}
