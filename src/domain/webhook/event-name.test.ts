import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventKinds } from '../payment/event.ts'
import { parseEventFilter, webhookEventOf, webhookEvents } from './event-name.ts'

test('every name is announced by some event, and a part refund has a name of its own', () => {
  const names = new Set(eventKinds.map((kind) => webhookEventOf({ kind, state: 'created' })))
  names.add(webhookEventOf({ kind: 'refunded', state: 'partially_refunded' }))
  assert.deepEqual([...names].filter((name) => name !== null).sort(), [...webhookEvents].sort())
})

test('what only concerns the rail is announced to nobody', () => {
  for (const kind of ['attempt_started', 'attempt_declined', 'references_updated', 'reversed'] as const)
    assert.equal(webhookEventOf({ kind, state: 'created' }), null)
})

test('a filter is a list of known names, kept once each and in order; everything is no filter', () => {
  assert.deepEqual(parseEventFilter(['refunded', 'created', 'refunded']), ['created', 'refunded'])
  assert.equal(parseEventFilter(undefined), null)
  assert.equal(parseEventFilter(null), null)
  assert.equal(parseEventFilter([...webhookEvents]), null)
})

test('refuses what is no such list', () => {
  for (const bad of [[], ['charged'], ['created', 1], 'created', { 0: 'created' }, 7, [['created']], ['__proto__']])
    assert.equal(parseEventFilter(bad), undefined, JSON.stringify(bad))
  assert.equal(parseEventFilter(Array.from({ length: 1_000 }, () => 'created')), undefined)
})
