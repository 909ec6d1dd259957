import { randomUUID } from 'node:crypto'
import type { PaymentId } from '../../kernel/ids.ts'
import type { Io } from '../io.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { keyForOrder, type ServerOptions } from '../sandbox-key.ts'
import { askServer, refuseUnlessOk } from '../server-client.ts'
import { serverUrl } from '../settings.ts'
import { refuseOtherApi } from './other-api.ts'
import { readToken } from './token.ts'

/** What every command that changes an order takes. */
export type ChangeOptions = OutputOptions &
  ServerOptions & { readonly reference?: string; readonly idempotencyKey?: string }

type Amount = { readonly amount?: string }

export async function captureOrder(io: Io, text: string, options: ChangeOptions & Amount): Promise<void> {
  const token = readToken(text)
  const amount = options.amount === undefined ? {} : { amount: euros(options.amount) }
  const body = { token, ...amount, ...referenceIn(options) }
  await change(io, token, options, { path: '/v2/payments/capture', body, done: 'captured' })
}

export async function voidOrder(io: Io, text: string, options: ChangeOptions): Promise<void> {
  const token = readToken(text)
  await change(io, token, options, { path: `/v2/payments/${token}/void`, body: referenceIn(options), done: 'voided' })
}

export async function refundOrder(io: Io, text: string, options: ChangeOptions & Required<Amount>): Promise<void> {
  const token = readToken(text)
  const body = {
    refundAmount: euros(options.amount),
    ...(options.reference && { merchantRefundReference: options.reference }),
  }
  await change(io, token, options, { path: `/v2/payments/${token}/refund`, body, done: 'refunded' })
}

export async function delayOrder(io: Io, text: string, options: ChangeOptions & { for?: number }): Promise<void> {
  const token = readToken(text)
  const period = options.for === undefined ? {} : { authorizationExpiryMilliseconds: options.for }
  const body = { ...period, ...referenceIn(options) }
  await change(io, token, options, { path: `/v2/payments/${token}/delay`, body, done: 'delayed' })
}

type Change = { readonly path: string; readonly body: object; readonly done: string }

/**
 * Asks the running server as the merchant would, since only it reaches acquirers. A key of its own for each run, unless one is
 * given: then the same command line may be run again without doing its work twice.
 */
async function change(io: Io, token: PaymentId, options: ChangeOptions, { path, body, done }: Change): Promise<void> {
  const url = serverUrl(io.env, options.url)
  const idempotencyKey = options.idempotencyKey ?? randomUUID()
  const result = await askServer({ url, path, body, key: keyForOrder(options, token), idempotencyKey })
  if (result.status >= 400) await refuseOtherApi(io, token)
  refuseUnlessOk(result, { missing: `the server at ${url} does not serve Scalapay orders`, token })
  const status = await statusOf(url, token, options)
  answer(io, options, { token, status, answer: result.body }, () => [`${done}: ${token} is ${status}`])
}

async function statusOf(url: string, token: PaymentId, options: ChangeOptions): Promise<string> {
  const order = await askServer({ url, path: `/v2/payments/${token}`, key: keyForOrder(options, token) })
  refuseUnlessOk(order, { missing: `the server at ${url} does not serve Scalapay orders`, token })
  return String(order.body.status)
}

/** Scalapay knows one currency. The server reads the digits and says what is wrong with them. */
function euros(amount: string): object {
  return { amount, currency: 'EUR' }
}

function referenceIn({ reference }: ChangeOptions): object {
  return reference === undefined ? {} : { merchantReference: reference }
}
