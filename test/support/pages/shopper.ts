import type { FastifyInstance, LightMyRequestResponse } from 'fastify'

type Form = Readonly<Record<string, string>>

/** A browser without a screen: it keeps cookies and sends forms as the page had them. */
export type TestShopper = {
  readonly cookies: Map<string, string>
  readonly get: (url: string, headers?: Form) => Promise<LightMyRequestResponse>
  /** Posts a form with the hidden fields of the page at `from`, where that is given. */
  readonly post: (url: string, form: Form, from?: string) => Promise<LightMyRequestResponse>
  /** Signs in at an order's checkout; the sandbox's test shopper, unless another contact is given. */
  readonly signIn: (home: string, contact?: string) => Promise<void>
}

export function testShopper(server: FastifyInstance, headers: Form = { 'accept-language': 'en' }): TestShopper {
  const cookies = new Map<string, string>()
  const keep = (response: LightMyRequestResponse): LightMyRequestResponse => {
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  const all = (more: Form = {}): Form => ({
    ...headers,
    ...more,
    ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
  })
  const get: TestShopper['get'] = async (url, more) => keep(await server.inject({ url, headers: all(more) }))
  const post: TestShopper['post'] = async (url, form, from) => {
    const hidden = from === undefined ? {} : hiddenFields((await get(from)).body)
    const payload = new URLSearchParams({ ...hidden, ...form }).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return keep(await server.inject({ method: 'POST', url, headers: all(type), payload }))
  }
  const signIn: TestShopper['signIn'] = async (home, contact = '+393330000001') => {
    await post(`${home}/sign-in`, { contact }, home)
    const answer = await post(`${home}/code`, { code: '123456' }, home)
    if (answer.statusCode !== 303) throw new Error(`not signed in: ${answer.statusCode} ${answer.body.slice(0, 2_000)}`)
  }
  return { cookies, get, post, signIn }
}

/** The hidden fields of a page, each by the first form that has it. */
export function hiddenFields(body: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, name = '', value = ''] of body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g))
    fields[name] ??= value
  return fields
}

/** Who a new shopper says they are. */
export const aProfile = {
  ...{ givenNames: 'Ada', surname: 'Verdi', birthDate: '31/01/1990', address: 'Via Uno 1' },
  ...{ postcode: '20100', city: 'Milano', country: 'IT', other: '' },
}
