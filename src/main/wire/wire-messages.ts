import type pg from 'pg'
import { createMessageLog, type MessageLog } from '../../app/message/message-log.ts'
import type { MessageTransports } from '../../app/message/message-transport.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import { sandboxTransport } from '../../jobs/messages/sandbox-transport.ts'
import { createSendMessages } from '../../jobs/messages/send-messages.ts'
import { createSmsHttpTransport } from '../../jobs/messages/sms-http-transport.ts'
import { createSmtpTransport } from '../../jobs/messages/smtp-transport.ts'
import { renderMessageFor } from '../../web/messages/render-message.ts'
import type { Config } from '../config.ts'

export type WiredMessages = {
  readonly log: MessageLog
  readonly source: DueSource
  readonly transports: MessageTransports
  readonly close: () => void
}

/** The outbox of messages to people: its job and the ways out of it. */
export function wireMessages(parts: {
  readonly config: Pick<Config, 'mode' | 'smtpUrl' | 'mailFrom' | 'smsUrl' | 'smsToken'>
  readonly pool: pg.Pool
  readonly sealer: Sealer
  readonly publicUrl: string
}): WiredMessages {
  const { config, pool, sealer, publicUrl } = parts
  const render = renderMessageFor(publicUrl)
  const transports = transportsOf(config, publicUrl)
  return {
    log: createMessageLog(pool, sealer, render),
    source: createSendMessages({ pool, sealer, render, transports }),
    transports,
    close: () => {
      for (const transport of Object.values(transports)) transport.close?.()
    },
  }
}

/** The sandbox sends nothing unless it is given somewhere to send to; a live server's channels are those that are set. */
function transportsOf(
  { mode, smtpUrl, mailFrom, smsUrl, smsToken }: Parameters<typeof wireMessages>[0]['config'],
  publicUrl: string,
): MessageTransports {
  const domain = new URL(publicUrl).hostname
  const from = mailFrom ?? `no-reply@${domain}`
  return {
    ...(mode === 'sandbox' && { email: sandboxTransport, sms: sandboxTransport }),
    ...(smtpUrl !== undefined && { email: createSmtpTransport({ url: smtpUrl, from, domain }) }),
    ...(smsUrl !== undefined && { sms: createSmsHttpTransport({ url: smsUrl, token: smsToken }) }),
  }
}
