import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { kupayToken } from '../../../src/main/fixtures.ts'

export type View = {
  readonly chainId: number
  readonly rpcUrl: string | null
  readonly tokens: { symbol: string }[]
  readonly account: string
}

/** The sandbox merchant of a server on that port, its shoppers, and people who ask each other for money. */
export function sandboxShop(port: number) {
  async function call<T>(path: string, body?: object, key = kupayToken): Promise<{ status: number; body: T }> {
    const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) }
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as T }
  }

  async function aPayment(id: string): Promise<string> {
    const url = 'https://shop.example/'
    const { body } = await call<{ payment_id: string }>('/v1/payment/create', {
      ...{ id, order_number: id, created_at: '2022-05-22T18:58:04+01:00', currency: 'EUR', amount: 123.45 },
      ...{ cancel_url: url, paid_url: url, callback_url: url },
    })
    return body.payment_id
  }

  /** Asks until it is so; far longer than it takes. */
  async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
    for (let tries = 0; tries < 600; tries++) {
      const answer = await ask()
      if (isSo(answer)) return answer
      await pause(50)
    }
    throw new Error('it never was so')
  }

  const statusOf = async (id: string) => (await call<{ status: string }>(`/v1/payment/status/${id}`)).body.status

  /** As a shopper without script: chooses on the page, reads the exact amount, lets the demo wallet pay, and looks until it is paid. */
  async function payOnPage(id: string): Promise<void> {
    const page = `http://127.0.0.1:${port}/pay/kupy/${id}`
    const post = (url: string, choice: string) =>
      fetch(url, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' })
    const read = async () => await (await fetch(page)).text()
    const choices = [...(await read()).matchAll(/value="(\d+\/0x[\da-f]{40})"/g)].map(([, choice]) => choice ?? '')
    assert.equal(choices.length, 6)
    assert.equal((await post(page, `999/0x${'1'.repeat(40)}`)).status, 409)
    assert.equal((await post(page, choices.find((each) => each.startsWith('321/')) ?? '')).status, 303)
    const shown = await read()
    assert.match(shown, /Send exactly this amount/)
    const code = await fetch(`${page}/qr/1/shown`)
    assert.deepEqual([code.status, code.headers.get('content-type')], [200, 'image/svg+xml'])
    const demo = /name="choice" value="(321\/\w+)"/.exec(shown)?.[1]
    assert.equal((await post(`${page}/demo`, demo ?? '')).status, 303)
    const done = await until(read, (text) => text.includes('The shop has your payment'))
    assert.match(done, /href="https:\/\/shop\.example\/"/)
    for (const other of [`/pay/shop/${id}`, '/pay/kupy/KUPY00000000', '/pay/kupy/x', `/checkout/${id}`])
      assert.equal((await fetch(`http://127.0.0.1:${port}${other}`)).status, 404, other)
  }

  /** Asked for by somebody without a shop, on a page that the demo wallet needs no signature for, and paid by the other demo wallet. */
  async function payAPerson(): Promise<void> {
    const origin = `http://127.0.0.1:${port}`
    const form = await (await fetch(`${origin}/request`)).text()
    const choice = /value="(321\/0x[\da-f]{40})" checked/.exec(form)?.[1] ?? ''
    const post = (path: string, fields: Record<string, string>) =>
      fetch(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
    const asked = { amount: '3.00', currency: 'EUR', for: 'Coffee', choice, key: crypto.randomUUID(), demo: '1' }
    const link = (await post('/request', asked)).headers.get('location') ?? ''
    const page = link.replace('/request/', '/pay/')
    assert.equal((await post(page, { choice })).status, 303)
    const demo = /name="choice" value="(321\/\w+)"/.exec(await (await fetch(`${origin}${page}`)).text())?.[1] ?? ''
    assert.equal((await post(`${page}/demo`, { choice: demo })).status, 303)
    await until(
      async () => await (await fetch(`${origin}${link}`)).text(),
      (text) => text.includes('This was paid'),
    )
  }
  const pay = (id: string, body: object, key = kupayToken) =>
    call<Record<string, unknown>>(`/sandbox/payments/${id}/pay`, body, key)
  return { call, aPayment, pay, until, statusOf, payOnPage, payAPerson }
}
