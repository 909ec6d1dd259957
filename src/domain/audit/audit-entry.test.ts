import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { MerchantId } from '../../kernel/ids.ts'
import { instantFromMicros } from '../../kernel/instant.ts'
import { type AuditEntry, brokenLink, chain } from './audit-entry.ts'

const action = fc.record({
  action: fc.string(),
  subject: fc.string(),
  before: fc.option(fc.string()),
  after: fc.option(fc.string()),
  address: fc.option(fc.string()),
})

const entries = fc.array(action, { minLength: 2, maxLength: 8 }).map((actions) =>
  actions.reduce<AuditEntry[]>((made, each, at) => {
    const whole = { ...each, merchantId: 1 as MerchantId, actor: { kind: 'user', name: 'ada' } as const }
    made.push(chain(whole, made.at(-1), instantFromMicros(BigInt(at))))
    return made
  }, []),
)

function faults(log: readonly AuditEntry[]): readonly string[] {
  return log.flatMap((entry, at) => brokenLink(entry, log[at - 1]) ?? [])
}

test('a chain as it was written is whole', () => {
  fc.assert(fc.property(entries, (log) => assert.deepEqual(faults(log), [])))
})

test('an entry that is changed, taken out or moved breaks the chain', () => {
  fc.assert(
    fc.property(entries, fc.nat(), (log, seed) => {
      const at = seed % log.length
      const changed = log.with(at, { ...(log[at] as AuditEntry), subject: `${log[at]?.subject}.` })
      assert.notDeepEqual(faults(changed), [])
      if (at < log.length - 1) assert.notDeepEqual(faults(log.toSpliced(at, 1)), [])
      if (at > 0) {
        const swapped = log.with(at, log[at - 1] as AuditEntry).with(at - 1, log[at] as AuditEntry)
        assert.notDeepEqual(faults(swapped), [])
      }
    }),
  )
})

test('what stands in one field cannot be moved into the next', () => {
  const one = {
    merchantId: 1 as MerchantId,
    actor: { kind: 'user', name: 'a' },
    before: null,
    after: null,
    address: null,
  } as const
  const at = instantFromMicros(1n)
  const first = chain({ ...one, action: 'ab', subject: 'c' }, undefined, at)
  const second = chain({ ...one, action: 'a', subject: 'bc' }, undefined, at)
  assert.notDeepEqual(first.hash, second.hash)
})
