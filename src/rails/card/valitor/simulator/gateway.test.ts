import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { instantFromMillis } from '../../../../kernel/instant.ts'
import { childOf, type Fields, operationName, readEnvelope, textOf, writeEnvelope } from '../soap.ts'
import { createBook } from './book.ts'
import { createGateway, openGateway } from './gateway.ts'
import { defaultSettings } from './settings.ts'

const clock = { now: () => instantFromMillis(Date.UTC(2026, 5, 15)) }

async function aBookFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tercet-gateway-'))
  t.after(() => rm(folder, { recursive: true }))
  return join(folder, 'book')
}

async function aGateway(t: TestContext, bookFile?: string) {
  const gateway = await openGateway(bookFile ?? (await aBookFile(t)), defaultSettings, clock)
  t.after(() => gateway.close())
  /** The answer's fields, those of its receipt below `Kvittun`; undefined when cut or no result. */
  const ask = async (operation: string, reference: string, fields: Fields = {}) => {
    const { username: Notandanafn, password: Lykilord, posId: PosId } = defaultSettings
    const head = { Notandanafn, Lykilord, PosId, Adgerd: operation, Tilvisunarnumer: reference }
    const reply = await gateway.handle(writeEnvelope(operationName, { ...head, ...fields }))
    const response = reply && readEnvelope(reply.body, `${operationName}Response`)
    return childOf(response, `${operationName}Result`)
  }
  const code = async (...asked: Parameters<typeof ask>) => textOf(await ask(...asked), 'Villunumer')
  const number = async (...asked: Parameters<typeof ask>) => textOf(await ask(...asked), 'Faerslunumer') ?? ''
  return { gateway, ask, code, number }
}

const card = { Kortaupplysingar: '4242424242424242-3012', Oryggisnumer: '9041', Upphaed: '1000' }
const of = (Faerslunumer: string, Upphaed?: string) => ({ Faerslunumer, SidustuFjorirIKortnumeri: '4242', Upphaed })

test('answers the same reference with the first answer, also when both arrive at once', async (t) => {
  const { gateway, number } = await aGateway(t)
  const numbers = await Promise.all(Array.from({ length: 50 }, () => number('NETGREIDSLA', 'r1', card)))
  assert.deepEqual(new Set(numbers), new Set(['1000001']))
  assert.equal(gateway.book().entries.length, 1)
  assert.equal(await number('NETGREIDSLA', 'r1', { ...card, Upphaed: '5' }), '1000001')
})

test('answers nobody before the entry is on the disk, neither the first caller nor the second', async () => {
  const disk = Promise.withResolvers<void>()
  const journal = { append: () => disk.promise, settled: () => disk.promise, close: async () => {} }
  const gateway = createGateway(createBook(), journal, defaultSettings, clock)
  const { username: Notandanafn, password: Lykilord, posId: PosId } = defaultSettings
  const head = { Notandanafn, Lykilord, PosId, Tilvisunarnumer: 'r', ...card }
  const order: string[] = []
  const asked = ['NETGREIDSLA', 'NETGREIDSLA', 'KVITTUN'].map(async (Adgerd) => {
    await gateway.handle(writeEnvelope(operationName, { ...head, Adgerd }))
    order.push(Adgerd)
  })
  await nextTurn()
  order.push('written')
  disk.resolve()
  await Promise.all(asked)
  assert.deepEqual(order, ['written', 'NETGREIDSLA', 'NETGREIDSLA', 'KVITTUN'])
})

test('captures no more than was authorized and refunds no more than was captured', async (t) => {
  const { code, number } = await aGateway(t)
  const authorization = await number('ADEINSHEIMILD', 'a', card)
  assert.equal(await code('ENDURGREIDAFAERSLU', 'early', of(authorization, '1')), '61')
  assert.equal(await code('EFTIRASKRANING', 'c1', of(authorization, '600')), '0')
  assert.equal(await code('EFTIRASKRANING', 'c2', of(authorization, '401')), '61')
  assert.equal(await code('EFTIRASKRANING', 'c3', of(authorization, '400')), '0')
  assert.equal(await code('ENDURGREIDAFAERSLU', 'f1', of(authorization, '999')), '0')
  assert.equal(await code('ENDURGREIDAFAERSLU', 'f2', of(authorization, '2')), '61')
  assert.equal(await code('ENDURGREIDAFAERSLU', 'f3', of(authorization, '1')), '0')
})

test('refunds a capture by its own number within the same sum', async (t) => {
  const { code, number } = await aGateway(t)
  const authorization = await number('ADEINSHEIMILD', 'a', card)
  const capture = await number('EFTIRASKRANING', 'c', of(authorization, '600'))
  assert.equal(await code('ENDURGREIDAFAERSLU', 'f1', of(capture, '600')), '0')
  assert.equal(await code('ENDURGREIDAFAERSLU', 'f2', of(authorization, '1')), '61')
})

test('voids a sale once, and neither after a refund nor before one', async (t) => {
  const { gateway, code, number } = await aGateway(t)
  const voided = await number('NETGREIDSLA', 's1', card)
  assert.equal(await code('OGILDAFAERSLU', 'v1', of(voided)), '0')
  assert.equal(await code('OGILDAFAERSLU', 'v2', of(voided)), '57')
  assert.equal(await code('ENDURGREIDAFAERSLU', 'f1', of(voided, '1')), '57')
  const refunded = await number('NETGREIDSLA', 's2', card)
  assert.equal(await code('ENDURGREIDAFAERSLU', 'f2', of(refunded, '1')), '0')
  assert.equal(await code('OGILDAFAERSLU', 'v3', of(refunded)), '57')
  const lines = gateway
    .book()
    .entries.map(({ reference, state, minor, refunded }) => [reference, state, minor, refunded])
  assert.deepEqual(lines, [
    ['s1', 'voided', '1000', '0'],
    ['v1', 'approved', '1000', '0'],
    ['v2', 'declined', '1000', '0'],
    ['f1', 'declined', '1', '0'],
    ['s2', 'approved', '1000', '1'],
    ['f2', 'approved', '1', '0'],
    ['v3', 'declined', '1000', '0'],
  ])
})

test('refuses a transaction it does not know, another card and an amount that is none', async (t) => {
  const { code, number } = await aGateway(t)
  const sale = await number('NETGREIDSLA', 's', card)
  assert.equal(await code('ENDURGREIDAFAERSLU', 'f1', of('999', '1')), '57')
  assert.equal(await code('ENDURGREIDAFAERSLU', 'f2', { ...of(sale, '1'), SidustuFjorirIKortnumeri: '0002' }), '14')
  assert.equal(await code('EFTIRASKRANING', 'c1', of(sale, '1')), '57')
  for (const [index, Upphaed] of ['0', '-1', '1,5', '', 'x'].entries()) {
    assert.equal(await code('NETGREIDSLA', `s${index}`, { ...card, Upphaed }), '57')
  }
  assert.equal(await code('NETGREIDSLA', 'no card', { ...card, Kortaupplysingar: '123456789-2712' }), 'A5')
  assert.equal(await code('NETGREIDSLA', 'expired', { ...card, Kortaupplysingar: '4242424242424242-2605' }), '54')
})

test('closes a reference that is asked about before it is used, so that it can never be used', async (t) => {
  const { gateway, ask, code } = await aGateway(t)
  gateway.setFaults([{ fault: 'slow', ms: 20 }])
  const late = code('NETGREIDSLA', 'r', card)
  const receipt = await ask('KVITTUN', 'r')
  assert.equal(textOf(receipt, 'Villunumer'), '404')
  assert.equal(textOf(receipt, 'Tilvisunarnumer'), 'r')
  assert.equal(await late, '94')
  assert.equal(await code('KVITTUN', 'r'), '404')
  assert.deepEqual(
    gateway.book().entries.map(({ state }) => state),
    ['closed'],
  )
})

test('books nothing for a caller it does not know', async (t) => {
  const { gateway, code } = await aGateway(t)
  assert.equal(await code('NETGREIDSLA', 'r1', { ...card, Lykilord: 'wrong' }), '2')
  assert.equal(await code('NETGREIDSLA', 'r2', { ...card, Notandanafn: 'wrong' }), '2')
  assert.equal(await code('KVITTUN', 'r3', { PosId: '2' }), '1')
  assert.deepEqual(gateway.book(), { calls: 3, entries: [] })
})

test('answers what is not an operation with a fault and books nothing', async (t) => {
  const { gateway, ask } = await aGateway(t)
  for (const text of [
    '',
    'nonsense',
    writeEnvelope(operationName, {}),
    writeEnvelope('Other', { Adgerd: 'KVITTUN' }),
  ]) {
    const reply = await gateway.handle(text)
    assert.equal(reply?.status, 500)
    assert.match(reply?.body ?? '', /<soap:Fault/)
  }
  assert.equal(await ask('SIMGREIDSLA', 'r', card), undefined)
  assert.equal(gateway.book().entries.length, 0)
})

test('reopens its book as it was, without the line that was being written', async (t) => {
  const bookFile = await aBookFile(t)
  const first = await aGateway(t, bookFile)
  const sale = await first.number('NETGREIDSLA', 's', card)
  await first.code('NETGREIDSLA', 'declined', { ...card, Kortaupplysingar: '4000000000009995-3012' })
  await first.code('ENDURGREIDAFAERSLU', 'f', of(sale, '400'))
  await first.code('KVITTUN', 'closed')
  const before = first.gateway.book().entries
  await first.gateway.close()
  await appendFile(bookFile, '{"reference":"torn","operation":"NETGREIDSLA","code":"00"')
  const second = await aGateway(t, bookFile)
  assert.deepEqual(second.gateway.book().entries, before)
  assert.equal(await second.code('ENDURGREIDAFAERSLU', 'f2', of(sale, '601')), '61')
  assert.equal(await second.code('NETGREIDSLA', 'closed', card), '94')
  assert.equal(await second.number('NETGREIDSLA', 'new', card), '1000003')
})

test('refuses a book with a line that is not an entry', async (t) => {
  const bookFile = await aBookFile(t)
  await appendFile(bookFile, '{"reference":1}\n')
  await assert.rejects(openGateway(bookFile, defaultSettings, clock), /line 1 of the book/)
})

test('writes neither card number nor security code into its book', async (t) => {
  const bookFile = await aBookFile(t)
  const { gateway, code } = await aGateway(t, bookFile)
  await code('NETGREIDSLA', 'a', card)
  await code('NETGREIDSLA', 'b', { ...card, Kortaupplysingar: '6011000990139424-3012' })
  const seen = (await readFile(bookFile, 'utf8')) + JSON.stringify(gateway.book())
  assert.ok(!seen.includes('42424242') && !seen.includes('60110009') && !seen.includes('9041'))
  assert.match(seen, /"last4":"4242"/)
})
