import { PassThrough } from 'node:stream'
import { createTransport } from 'nodemailer'
import type { MessageTransport, SendOutcome } from '../../app/message/message-transport.ts'

/** Milliseconds for each step of the conversation; a mail server that is slower is tried again later. */
const stepMs = 15_000

export type SmtpSettings = {
  /** `smtps://user:password@host:465` */
  readonly url: string
  /** `Tercet <no-reply@pay.example>` */
  readonly from: string
  /** after the @ of message ids */
  readonly domain: string
}

/**
 * E-mail by SMTP. No pool of connections: one that breaks would put its mails back and send them again, and what may have been
 * taken is not sent twice. `progress` tells whether a mail had begun to leave: its stream is made after the log-in.
 */
export function createSmtpTransport({ url, from, domain }: SmtpSettings): MessageTransport {
  const mailer = createTransport({
    url,
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  mailer.use('stream', (mail, done) => {
    const { progress } = mail.data as { progress?: Progress }
    mail.message.transform(() => {
      if (progress) progress.hasBegun = true
      return new PassThrough()
    })
    done()
  })
  return {
    send: async ({ id, recipient, subject, text, html }) => {
      const progress: Progress = { hasBegun: false }
      try {
        await mailer.sendMail({
          messageId: `<${id}@${domain}>`,
          from,
          to: { name: '', address: recipient },
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...{ progress },
        })
        return { kind: 'sent' }
      } catch (error) {
        return outcomeOf(error as SmtpError, progress)
      }
    },
    close: () => mailer.close(),
  }
}

type Progress = { hasBegun: boolean }

type SmtpError = Error & { readonly responseCode?: number }

/** A reply of the server decides: 5xx is for good, 4xx for now. Without one, a mail that had begun to leave may have been taken. */
function outcomeOf({ message, responseCode }: SmtpError, { hasBegun }: Progress): SendOutcome {
  const error = message.replace(/\s+/g, ' ').slice(0, 300)
  if (responseCode !== undefined) return { kind: responseCode >= 500 ? 'refused' : 'later', error }
  return { kind: hasBegun ? 'unknown' : 'later', error }
}
