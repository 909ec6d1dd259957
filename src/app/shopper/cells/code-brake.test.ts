import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../../test/support/database.ts'
import type { Contact } from '../../../domain/shopper/contact.ts'
import { codeLimits } from '../../../domain/shopper/one-time-code.ts'
import { type Clock, systemNow } from '../../../kernel/clock.ts'
import { plus, second } from '../../../kernel/instant.ts'
import { createSealer } from '../../shared/seal.ts'
import { createShopperApp } from '../shopper-app.ts'

const [first, other] = [await testDatabase(), await testDatabase()]
let offset = 0n
const clock: Clock = { now: () => plus(systemNow(), offset) }
const secretKey = Buffer.alloc(32, 1)
const cells = [first, other].map(({ pool }, at) =>
  createShopperApp({
    ...{ mode: 'live', pool, clock, sealer: createSealer(secretKey), secretKey, channels: new Set(['email'] as const) },
    cells: { own: at === 0 ? 'main' : 'c2', directory: first.pool, poolOf: async () => undefined },
  }),
)

function ask(cell: number, { contact = 'ada@example.com', address = '192.0.2.1' } = {}) {
  offset += codeLimits.resendAfter + second
  const app = cells[cell] as (typeof cells)[number]
  const visitor = app.newVisitor()
  return app.requestCode({ contact: contact as Contact, address, visitor, language: 'it', merchantId: null })
}

const tooMany = { ok: false, reason: { reason: 'too_many' } }

test('codes to one contact count over all cells', async () => {
  for (const cell of [0, 1, 0, 1, 1]) assert((await ask(cell)).ok)
  for (const cell of [0, 1]) assert.deepEqual(await ask(cell), tooMany)
  assert((await ask(1, { contact: 'other@example.com' })).ok)
})

test('codes for one address count over all cells, and what was not sent is given back', async () => {
  const address = '192.0.2.7'
  for (let at = 0; at < codeLimits.perAddress; at++)
    assert((await ask(at % 2, { contact: `p${at}@example.com`, address })).ok)
  assert.deepEqual(await ask(1, { contact: 'last@example.com', address }), tooMany)
  for (let at = 0; at < codeLimits.perContact.hour; at++)
    assert((await ask(at % 2, { contact: 'last@example.com' })).ok)
})

test('a cell counts by itself while the first one is away', async () => {
  await first.close()
  for (let at = 0; at < codeLimits.perContact.hour; at++)
    assert((await ask(1, { contact: 'away@example.com', address: '192.0.2.9' })).ok)
  assert.deepEqual(await ask(1, { contact: 'away@example.com', address: '192.0.2.9' }), tooMany)
})
