import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aFile,
  anInstance,
  aUuid,
  catalogueOf,
  type FileInstance,
  valitorCredentials,
} from '../../../test/support/protocols/catalogue.ts'
import type { StoredInstance } from '../../db/catalogue/catalogue-credentials.ts'
import { checkInstances } from './check-instances.ts'

const valitor = 'valitor_greidslugatt'

function problemsOf(instance: Partial<FileInstance>, stored?: StoredInstance): string[] {
  const { instances } = catalogueOf(aFile({ instances: [anInstance(instance)] }))
  const before = stored && ([[aUuid(30), stored]] as const)
  return checkInstances(instances, new Map(before)).map(({ path, message }) => `${path} ${message}`)
}

const sent = (overrides: Record<string, string>, more: Partial<FileInstance> = {}) =>
  problemsOf({ acquirer: valitor, credentials: { ...valitorCredentials, ...overrides }, ...more })

test('takes an instance that can take payments', () => {
  assert.deepEqual(problemsOf({}), [])
  assert.deepEqual(sent({}), [])
  for (const endpoint of ['http://127.0.0.1:8081/', 'http://localhost:1/', 'http://[::1]:1/'])
    assert.deepEqual(sent({ endpoint }), [], endpoint)
})

test('refuses an acquirer that nobody knows, enabled or not', () => {
  for (const enabled of [true, false])
    assert.deepEqual(problemsOf({ acquirer: 'nope', enabled }), [
      `instances[0].acquirer is not an acquirer that is known here: sandbox, ${valitor}`,
    ])
})

test('refuses credentials that the acquirer does not have, lacks, or cannot use, enabled or not', () => {
  assert.deepEqual(problemsOf({ credentials: { password: 'x' } }), [
    'instances[0].credentials.password is not a credential of sandbox, which has none',
  ])
  const { posId: _, ...withoutPosId } = valitorCredentials
  for (const enabled of [true, false]) {
    assert.deepEqual(problemsOf({ acquirer: valitor, enabled, credentials: { ...withoutPosId, pin: '1' } }), [
      `instances[0].credentials.pin is not a credential of ${valitor}, which has endpoint, username, password, posId, currency`,
      'instances[0].credentials.posId is missing: credentials are sent whole',
    ])
    assert.equal(problemsOf({ acquirer: valitor, enabled, credentials: {} }).length, 5)
    for (const endpoint of ['foo', '', 'http://10.0.0.1/', 'http://gateway.example/', 'ftp://127.0.0.1/'])
      assert.deepEqual(sent({ endpoint }, { enabled }), [
        'instances[0].credentials.endpoint must be an https address, or http on this machine',
      ])
    assert.deepEqual(sent({ posId: 'abc' }, { enabled }), ['instances[0].credentials.posId must be 1 to 9 digits'])
    assert.deepEqual(sent({ currency: 'EUR' }, { enabled }), [
      'instances[0].credentials.currency must be the currency of the instance, ISK',
    ])
  }
})

test('lets those be left out that are stored, and all of them until the instance is enabled', () => {
  const stored = { acquirer: valitor, currency: 'ISK', hasCredentials: true }
  const without = (enabled: boolean, before?: StoredInstance) => problemsOf({ acquirer: valitor, enabled }, before)
  const needed = `instances[0].credentials must be given: ${valitor} needs endpoint, username, password, posId, currency`
  const foreign = `${needed}, and those that are stored are for another acquirer or currency`
  assert.deepEqual(without(true, stored), [])
  assert.deepEqual(without(false), [])
  assert.deepEqual(without(true), [needed])
  assert.deepEqual(without(true, { ...stored, hasCredentials: false }), [needed])
  for (const enabled of [true, false]) {
    assert.deepEqual(without(enabled, { ...stored, acquirer: 'sandbox' }), [foreign])
    assert.deepEqual(without(enabled, { ...stored, currency: 'EUR' }), [foreign])
  }
})
