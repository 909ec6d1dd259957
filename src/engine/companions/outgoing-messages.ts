import { insertMessages } from '../../db/message/insert-messages.ts'
import type { NewMessage } from '../../domain/message/message.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Attachment } from '../attachment.ts'
import type { Command } from '../command.ts'
import type { Companion } from '../companion.ts'

const name = 'outgoing_messages'

type Compose = (payment: Payment) => NewMessage

type MessageAttachment = Attachment & { readonly compose: Compose }

/** A message to somebody that leaves once the command is done. `compose` is given the payment as the command leaves it, and only describes. */
export function messageAttachment(compose: Compose): Attachment {
  const attachment: MessageAttachment = { companion: name, weight: 0, compose }
  return attachment
}

/** Messages to people, put into the outbox with what they tell of. */
export const outgoingMessages: Companion = {
  name,
  concerns: (command) => composeOf(command) !== undefined,
  load: async () => {
    const messages: NewMessage[] = []
    return {
      keep: ({ command }, { payment }) => {
        const compose = composeOf(command)
        if (compose) messages.push(compose(payment))
      },
      statements: () => (messages.length > 0 ? [insertMessages(messages)] : []),
    }
  },
}

function composeOf({ attachments }: Command): Compose | undefined {
  const attachment = attachments?.find((each) => each.companion === name)
  return attachment && (attachment as MessageAttachment).compose
}
