import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { aUuid } from '../../../test/support/protocols/catalogue.ts'
import { connectPool } from '../../db/wire/connection.ts'
import { parseEntityId } from '../../domain/catalogue/model/kinds.ts'
import { Unavailable } from '../../engine/command.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { createSealer } from '../shared/seal.ts'
import { createOwnOrganization } from './own-organization.ts'

test('says of every read and change of a catalogue that the database is away', async () => {
  const nowhere = connectPool('postgres://postgres@127.0.0.1:1/none')
  const organization = createOwnOrganization(nowhere, createSealer(randomBytes(32)), () => assert.fail())
  const key = { merchantId: 1 as MerchantId, organization: aUuid(1) }
  const id = parseEntityId('units', aUuid(2))
  assert.ok(id)
  const unit = { ...key, kind: 'units', id } as const
  const calls = [
    organization.readCatalogue(key),
    organization.readOrganization(key),
    organization.listEntities({ ...unit, limit: 1 }),
    organization.findEntity(unit),
    organization.putEntity({ ...unit, entity: { uuid: id, title: 'U' } }),
    organization.putOrganization(key, (was) => was),
    organization.deleteEntity(unit),
  ]
  for (const call of await Promise.allSettled(calls))
    assert.ok(call.status === 'rejected' && call.reason instanceof Unavailable, String(call.status))
  await nowhere.end()
})
