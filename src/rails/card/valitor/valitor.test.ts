import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Currency, EUR, ISK } from '../../../kernel/currency.ts'
import type { AttemptId } from '../../../kernel/ids.ts'
import { money } from '../../../kernel/money.ts'
import { Secret } from '../../../kernel/secret.ts'
import type { AcquirerRequest } from '../../rail.ts'
import type { AcquirerHttp, Exchange } from '../acquirer-http.ts'
import { createValitor } from './valitor.ts'

const attemptId = '7d9f1f5e-0a52-4c39-9d3a-5b8f21a1c001' as AttemptId
const deadlineMs = 1000

/** A connector whose gateway answers `exchange`; what it was sent is kept. */
function valitorWith(exchange: Exchange, currency: Currency = ISK) {
  const sent: { url: string; headers: Readonly<Record<string, string>>; body: string }[] = []
  const http: AcquirerHttp = {
    async post(url, headers, body) {
      sent.push({ url, headers, body })
      return exchange
    },
    close: async () => {},
  }
  const endpoint = 'https://gateway.example/greidslugatt.asmx'
  const credentials = { endpoint, username: 'búð & co', password: new Secret('p<1>'), posId: '5', currency }
  return { acquirer: createValitor(credentials, http), sent }
}

const nothing: Exchange = { kind: 'lost', detail: 'cut' }

function sale(more: { number?: string; code?: string; month?: number; year?: number } = {}): AcquirerRequest {
  const card = {
    number: new Secret(more.number ?? '4242424242424242'),
    securityCode: new Secret(more.code ?? '907'),
    expiryMonth: more.month ?? 3,
    expiryYear: more.year ?? 2031,
  }
  return { purpose: 'sale', attemptId, amount: money(ISK, 1000n), card }
}

async function bodyOf(request: AcquirerRequest, currency: Currency = ISK): Promise<string> {
  const { acquirer, sent } = valitorWith(nothing, currency)
  await acquirer.perform(request, deadlineMs)
  const text = sent[0]?.body ?? ''
  return text.slice(text.indexOf('<Notandanafn>'), text.indexOf('</FramkvaemaAdgerd>'))
}

const login = '<Notandanafn>búð &amp; co</Notandanafn><Lykilord>p&lt;1&gt;</Lykilord><PosId>5</PosId>'
const reference = `<Tilvisunarnumer>${attemptId}</Tilvisunarnumer>`

test('sends a web sale as the gateway wants it', async () => {
  assert.equal(
    await bodyOf(sale()),
    `${login}<Adgerd>NETGREIDSLA</Adgerd>${reference}` +
      '<Kortaupplysingar>4242424242424242-3103</Kortaupplysingar><Oryggisnumer>907</Oryggisnumer><Upphaed>1000</Upphaed>',
  )
  const { acquirer, sent } = valitorWith(nothing)
  await acquirer.perform(sale(), deadlineMs)
  assert.equal(sent[0]?.url, 'https://gateway.example/greidslugatt.asmx')
  assert.deepEqual(sent[0]?.headers, {
    'content-type': 'text/xml; charset=utf-8',
    soapaction: '"http://greidslugatt.valitor.is/FramkvaemaAdgerd"',
  })
})

test('sends an authorization, a capture, a refund, a void and a question for the receipt', async () => {
  assert.match(await bodyOf({ ...sale(), purpose: 'authorize' } as AcquirerRequest), /<Adgerd>ADEINSHEIMILD</)
  const later = { attemptId, amount: money(EUR, 10050n), railReference: '1000001-4242' }
  const original = '<Faerslunumer>1000001</Faerslunumer><SidustuFjorirIKortnumeri>4242</SidustuFjorirIKortnumeri>'
  const head = (operation: string) => `${login}<Adgerd>${operation}</Adgerd>${reference}`
  const part = '<Upphaed>100,50</Upphaed>'
  assert.equal(await bodyOf({ purpose: 'capture', ...later }, EUR), head('EFTIRASKRANING') + part + original)
  assert.equal(await bodyOf({ purpose: 'refund', ...later }, EUR), head('ENDURGREIDAFAERSLU') + part + original)
  assert.equal(await bodyOf({ purpose: 'void', ...later }, EUR), head('OGILDAFAERSLU') + original)
  const { acquirer, sent } = valitorWith(nothing)
  await acquirer.find(attemptId, deadlineMs)
  assert.ok(sent[0]?.body.includes(`${head('KVITTUN')}</FramkvaemaAdgerd>`))
})

test('refuses what does not fit the fields of the gateway, and sends nothing', async () => {
  const refused: [AcquirerRequest, string][] = [
    [sale({ number: '123456789' }), 'invalid_card_number'],
    [sale({ number: '4242 4242 4242 4242' }), 'invalid_card_number'],
    [sale({ number: '4242424242424242-3112' }), 'invalid_card_number'],
    [sale({ code: '12' }), 'incorrect_security_code'],
    [sale({ code: '1</Oryggisnumer>' }), 'incorrect_security_code'],
    [sale({ month: 13 }), 'invalid_expiry'],
    [sale({ month: Number.NaN }), 'invalid_expiry'],
    [sale({ year: 2100 }), 'invalid_expiry'],
    [sale({ year: 31 }), 'invalid_expiry'],
    [{ ...sale(), amount: money(EUR, 1000n) }, 'processing_error'],
    [{ purpose: 'void', attemptId, amount: money(ISK, 1n), railReference: 'sandbox_1' }, 'processing_error'],
  ]
  for (const [request, reason] of refused) {
    const { acquirer, sent } = valitorWith(nothing)
    const outcome = await acquirer.perform(request, deadlineMs)
    const payload = { responseCode: 'not_sent' }
    assert.deepEqual(outcome, { kind: 'declined', reason, code: 'not_sent', payload, isUntried: true })
    assert.equal(sent.length, 0)
  }
})

test('declines without blaming the card when no connection was made, but knows nothing after a lost or a strange answer', async () => {
  const unsent = valitorWith({ kind: 'not_sent', detail: 'connection failed (ECONNREFUSED)' }).acquirer
  const outcome = await unsent.perform(sale(), deadlineMs)
  assert.equal(outcome.kind === 'declined' && outcome.reason, 'processing_error')
  assert.equal((await unsent.find(attemptId, deadlineMs)).kind, 'unknown')
  const strange: Exchange[] = [nothing, ...[200, 302, 404, 500, 503].map((status) => answered(status, 'nonsense'))]
  for (const exchange of strange) {
    const { acquirer, sent } = valitorWith(exchange)
    assert.equal((await acquirer.perform(sale(), deadlineMs)).kind, 'unknown')
    assert.equal((await acquirer.find(attemptId, deadlineMs)).kind, 'unknown')
    assert.equal(sent.length, 2, 'one call each, never a second try')
  }
})

function answered(status: number, body: string): Exchange {
  return { kind: 'answered', status, body }
}
