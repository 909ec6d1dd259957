import type { FastifyInstance } from 'fastify'
import { request } from 'undici'
import { type TestShopper, testShopper } from './shopper.ts'

/** A test shopper of a server in another process, at its origin. */
export function shopperAt(origin: string): TestShopper {
  const inject = async (asked: { url: string; method?: 'POST'; headers: Record<string, string>; payload?: string }) => {
    const { url, method = 'GET', headers, payload } = asked
    const answer = await request(`${origin}${url}`, {
      method,
      headers,
      ...(payload !== undefined && { body: payload }),
    })
    const body = await answer.body.text()
    const cookies = [answer.headers['set-cookie'] ?? []].flat().map(cookieOf)
    return { statusCode: answer.statusCode, headers: answer.headers, body, cookies, json: () => JSON.parse(body) }
  }
  // Of a server, a test shopper only asks this.
  return testShopper({ inject } as unknown as FastifyInstance)
}

function cookieOf(text: string) {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
  const maxAge = /max-age=(\d+)/i.exec(text)?.[1]
  return { name, value, ...(maxAge !== undefined && { maxAge: Number(maxAge) }) }
}
