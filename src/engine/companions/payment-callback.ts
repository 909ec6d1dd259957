import { insertPaymentCallbacks, type PaymentCallback } from '../../db/webhook/payment-callbacks.ts'
import type { Attachment } from '../attachment.ts'
import type { Command } from '../command.ts'
import type { Companion } from '../companion.ts'

const name = 'payment_callback'

type CallbackAttachment = Attachment & { readonly url: string }

/** The address that is told of a new payment, beside the merchant's endpoints. */
export function callbackAttachment(url: string): Attachment {
  const attachment: CallbackAttachment = { companion: name, weight: url.length, url }
  return attachment
}

/** Addresses that payments bring along, kept with them. */
export const paymentCallback: Companion = {
  name,
  concerns: (command) => urlOf(command) !== undefined,
  load: async () => {
    const kept: PaymentCallback[] = []
    return {
      keep: ({ command }, { payment }) => {
        const url = urlOf(command)
        if (url !== undefined) kept.push({ merchantId: payment.merchantId, paymentId: payment.id, url })
      },
      statements: () => (kept.length > 0 ? [insertPaymentCallbacks(kept)] : []),
    }
  },
}

function urlOf({ attachments }: Command): string | undefined {
  const attachment = attachments?.find((each) => each.companion === name)
  return attachment && (attachment as CallbackAttachment).url
}
