import { kupayToken, scalapayMerchantKey, secondScalapayMerchantKey } from '../../src/main/fixtures.ts'
import type { Answer, Connection } from './connection.ts'
import type { JourneyName } from './job.ts'
import { kupayBody } from './kupay-body.ts'
import { orderBody } from './order-body.ts'
import { paymentBody, payPath, paySoapPath } from './payment-body.ts'

/** Sends one request and measures it. */
export type Ask = (request: string) => Promise<Answer>

/** `reference` is unique among all journeys of all jobs. Throws on any answer but 200. */
export type Journey = (ask: Ask, reference: string, key?: string) => Promise<void>

export const journeys: Readonly<Record<JourneyName, Journey>> = {
  echo: async (ask, reference) => void (await post(ask, '/echo', orderBody(reference))),
  create: async (ask, reference, key) => void (await post(ask, '/v2/orders', orderBody(reference), key)),
  createOther: async (ask, reference) =>
    void (await post(ask, '/v2/orders', orderBody(reference), secondScalapayMerchantKey)),
  flow: async (ask, reference) => {
    const token = await capture(ask, reference)
    await post(ask, `/v2/payments/${token}/refund`, '{"refundAmount":{"amount":"190.00","currency":"EUR"}}')
  },
  captured: async (ask, reference) => void (await capture(ask, reference)),
  checkoutPage: async (ask, reference) => {
    ordered ??= tokenIn(await post(ask, '/v2/orders', orderBody(reference)))
    const answer = await ask(pageText(ordered))
    if (answer.status !== 200) throw new Error(`a page was answered ${answer.status}: ${answer.body.slice(0, 500)}`)
  },
  echoPayment: async (ask, reference) => void (await post(ask, '/echo', paymentBody(reference))),
  pay: (ask, reference) => pay(ask, payPath, reference),
  paySoap: (ask, reference) => pay(ask, paySoapPath, reference),
  ask: async (ask, reference) => void (await askFor(ask, reference)),
  askStatus: async (ask, reference) => {
    // One for each journey that finds none yet: reads are what is measured.
    asked ??= await askFor(ask, reference)
    const answer = await ask(statusText(asked))
    if (answer.status !== 200) throw new Error(`a status was answered ${answer.status}: ${answer.body}`)
  },
}

/** The order whose page is read. */
let ordered: string | undefined

async function capture(ask: Ask, reference: string): Promise<string> {
  const token = tokenIn(await post(ask, '/v2/orders', orderBody(reference)))
  await post(ask, `/sandbox/orders/${token}/authorize`, '{"cardNumber":"4242424242424242"}')
  await post(ask, '/v2/payments/capture', `{"token":"${token}","merchantReference":"${reference}"}`)
  return token
}

function pageText(token: string): string {
  return `GET /checkout/${token} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: en-GB\r\n\r\n`
}

/** The payment whose status is read. */
let asked: string | undefined

async function askFor(ask: Ask, reference: string): Promise<string> {
  const answer = await post(ask, '/v1/payment/create', kupayBody(reference), kupayToken)
  const id = /"payment_id":"([A-Z0-9]+)"/.exec(answer)?.[1]
  if (id === undefined) throw new Error(`no payment in ${answer}`)
  return id
}

function statusText(id: string): string {
  return `GET /v1/payment/status/${id} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${kupayToken}\r\n\r\n`
}

async function pay(ask: Ask, path: string, reference: string): Promise<void> {
  const answer = await post(ask, path, paymentBody(reference))
  if (!answer.startsWith('{"success":true,"errorCode":0,')) throw new Error(`a payment was not approved: ${answer}`)
}

async function post(ask: Ask, path: string, body: string, key?: string): Promise<string> {
  const answer = await ask(requestText(path, body, key))
  if (answer.status !== 200) throw new Error(`POST ${path} was answered ${answer.status}: ${answer.body}`)
  return answer.body
}

export function requestText(path: string, body: string, key = scalapayMerchantKey): string {
  return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

function tokenIn(body: string): string {
  const token = /"token":"([A-Z0-9]+)"/.exec(body)?.[1]
  if (token === undefined) throw new Error(`no token in ${body}`)
  return token
}

/** A measuring `Ask` on one connection; `dueAt` moves the start of the next request back to when it was due. */
export function measured(connection: Connection, latencies: number[]): Ask & { dueAt?: number } {
  const ask: Ask & { dueAt?: number } = async (request) => {
    const started = ask.dueAt ?? performance.now()
    delete ask.dueAt
    const answer = await connection.ask(request)
    latencies.push(performance.now() - started)
    return answer
  }
  return ask
}
