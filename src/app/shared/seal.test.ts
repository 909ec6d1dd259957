import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSealer } from './seal.ts'

const key = Buffer.alloc(32, 1)
const newer = Buffer.alloc(32, 2)

test('opens what it sealed, and never seals the same text to the same bytes', () => {
  const sealer = createSealer(key)
  for (const text of ['', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'pöntun €'])
    assert.equal(sealer.open(sealer.seal(text)), text)
  assert.notDeepEqual(sealer.seal('text'), sealer.seal('text'))
  assert.ok(!sealer.seal('a secret').includes('a secret'))
})

test('refuses bytes of which any bit was changed', () => {
  const sealer = createSealer(key)
  const sealed = sealer.seal('a secret')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] as number) ^ 1
    assert.throws(() => sealer.open(changed), `byte ${at}`)
  }
})

test('refuses what is too short, and what another key sealed', () => {
  const sealer = createSealer(key)
  assert.throws(() => sealer.open(Buffer.alloc(0)))
  assert.throws(() => sealer.open(sealer.seal('').subarray(0, 20)))
  assert.throws(() => createSealer(newer).open(sealer.seal('text')))
})

test('after a change of key the older one still opens, and the newer one seals', () => {
  const old = createSealer(key).seal('text')
  const sealer = createSealer(newer, [key])
  assert.equal(sealer.open(old), 'text')
  assert.equal(sealer.open(sealer.seal('other')), 'other')
  assert.throws(() => createSealer(key).open(sealer.seal('other')))
})

test('refuses a key that is not 32 bytes', () => {
  assert.throws(() => createSealer(Buffer.alloc(31)))
})
