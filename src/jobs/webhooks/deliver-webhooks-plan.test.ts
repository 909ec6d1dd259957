import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MerchantId } from '../../kernel/ids.ts'
import { isServed, isTroubled, mostAtOnce, noteFailure, noteSuccess, roomOf } from './deliver-webhooks-health.ts'
import { EndpointLane } from './deliver-webhooks-lane.ts'
import { mostHeldForTroubled, planClaims } from './deliver-webhooks-plan.ts'

const merchant = 1 as MerchantId
const now = 100_000

test('an endpoint that answers gets more room, one that fails gets less and is paused', () => {
  const { health } = new EndpointLane(merchant)
  for (let n = 0; n < 500; n++) noteSuccess(health, 5)
  assert.equal(roomOf(health, now), 256)
  for (let n = 0; n < 8; n++) noteFailure(health, 5, now)
  assert.equal(roomOf(health, now), 0)
  assert.equal(roomOf(health, health.pausedUntil), 1, 'one probe when the pause is over')
  for (let n = 0; n < 100; n++) noteFailure(health, 5, now)
  assert.ok(health.pausedUntil - now <= 5_000, 'it is never left alone for long')
  noteSuccess(health, 5)
  assert.ok(roomOf(health, now) > 0)
})

test('what is committed starts a claim unless every connection is in use and more is at hand, or the endpoint rests', () => {
  const { health } = new EndpointLane(merchant)
  assert.ok(!isServed(health, now), 'nothing is held')
  health.held = health.window
  assert.ok(!isServed(health, now), 'a connection is free')
  for (let n = 0; n < 500; n++) noteSuccess(health, 5)
  health.held = mostAtOnce
  assert.ok(!isServed(health, now), 'half of the room is free')
  health.held = health.window / 2 + 1
  assert.ok(isServed(health, now))
  health.held = 0
  for (let n = 0; n < 8; n++) noteFailure(health, 5, now)
  assert.ok(isServed(health, now), 'it rests')
  assert.ok(!isServed(health, health.pausedUntil))
})

test('an endpoint that answers slowly holds few', () => {
  const { health } = new EndpointLane(merchant)
  for (let n = 0; n < 500; n++) noteSuccess(health, 9_000)
  assert.ok(isTroubled(health, now))
  assert.equal(roomOf(health, now), 8)
})

test('a request that has waited for a second marks its endpoint before it has failed', () => {
  const { health } = new EndpointLane(merchant)
  health.underWay.add({ since: now - 900 })
  assert.ok(!isTroubled(health, now))
  assert.ok(isTroubled(health, now + 200))
})

test('a thousand endpoints that hang take no place from one that answers', () => {
  const lanes = new Map<string, EndpointLane>()
  for (let n = 0; n < 1_000; n++) {
    const lane = new EndpointLane(merchant)
    lane.health.held = 4
    lane.health.underWay.add({ since: now - 5_000 })
    lanes.set(`hanging-${n}`, lane)
  }
  const good = new EndpointLane(merchant)
  noteSuccess(good.health, 5)
  lanes.set('good', good)
  const { rooms, room } = planClaims(lanes, new Set([merchant]), now)
  assert.equal(rooms.get('good'), roomOf(good.health, now))
  assert.ok(room > 0, 'nor from one that nobody knows yet')
  assert.equal([...rooms].filter(([id, each]) => id !== 'good' && each > 0).length, 0)
})

test('endpoints in trouble take turns', () => {
  const lanes = new Map<string, EndpointLane>()
  for (let n = 0; n < 2 * mostHeldForTroubled; n++) {
    const lane = new EndpointLane(merchant)
    noteFailure(lane.health, 5, now)
    lane.health.window = 1
    lanes.set(`failing-${n}`, lane)
  }
  const served = new Set<string>()
  for (let turn = 1; turn <= 2; turn++) {
    const { rooms } = planClaims(lanes, new Set([merchant]), now + turn)
    for (const [id, room] of rooms) if (room > 0) served.add(id)
  }
  assert.equal(served.size, lanes.size)
})
