import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventKinds } from '../payment/event.ts'
import { parseEventFilter, usualEvents, webhookEventOf, webhookEvents } from './event-name.ts'

test('every name is announced by some event, and a part refund has a name of its own', () => {
  const names = new Set(eventKinds.map((kind) => webhookEventOf({ kind, state: 'created' })))
  names.add(webhookEventOf({ kind: 'refunded', state: 'partially_refunded' }))
  assert.deepEqual([...names].filter((name) => name !== null).sort(), [...webhookEvents].sort())
})

test('what only concerns the rail is announced to nobody', () => {
  for (const kind of ['attempt_started', 'attempt_declined', 'references_updated', 'reversed'] as const)
    assert.equal(webhookEventOf({ kind, state: 'created' }), null)
})

const sent = ['created', 'captured', 'refunded', 'expiring_soon'] as const

test('a filter is a list of events that are sent, kept once each and in order', () => {
  assert.deepEqual(parseEventFilter(['refunded', 'created', 'refunded'], sent), ['created', 'refunded'])
  assert.deepEqual(parseEventFilter([...sent], sent), sent)
})

test('no filter, and a filter of all that is usual, is the same', () => {
  for (const filter of [undefined, null, usualEvents(sent)]) assert.equal(parseEventFilter(filter, sent), null)
})

test('a warning is not usual: it is sent to who names it', () => {
  assert.deepEqual(usualEvents(sent), ['created', 'captured', 'refunded'])
  assert.ok(!usualEvents().includes('expiring_soon'))
})

test('refuses what is not such a list, or names an event that nobody sends', () => {
  for (const bad of [
    [],
    ['charged'],
    ['created', 1],
    'created',
    { 0: 'created' },
    7,
    [['created']],
    ['__proto__'],
    ['delayed'],
  ])
    assert.equal(parseEventFilter(bad, sent), undefined, JSON.stringify(bad))
  assert.equal(
    parseEventFilter(
      Array.from({ length: 1_000 }, () => 'created'),
      sent,
    ),
    undefined,
  )
})
