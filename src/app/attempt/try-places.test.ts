import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTryPlaces } from './try-places.ts'

const key = { name: 'order', most: 5 }
const isDecline = (result: string) => result === 'declined'

test('of a hundred declines at once only as many are made as the limit lets through', async () => {
  const places = createTryPlaces()
  let made = 0
  const decline = async () => {
    made += 1
    await Promise.resolve()
    return 'declined'
  }
  const results = await Promise.all(Array.from({ length: 100 }, () => places.run([key], decline, isDecline)))
  assert.equal(made, 5)
  assert.equal(results.filter((each) => each === undefined).length, 95)
})

test('a crowd whose cards are good is let through, a few at a time', async () => {
  const places = createTryPlaces()
  let [running, most] = [0, 0]
  const approve = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
    return 'approved'
  }
  const results = await Promise.all(Array.from({ length: 100 }, () => places.run([key], approve, isDecline)))
  assert.ok(results.every((each) => each === 'approved'))
  assert.ok(most <= 5, `${most} at once`)
})

test('counts by each key, and a try that fails for another reason takes nothing', async () => {
  const places = createTryPlaces()
  const [one, other] = [
    { name: 'one', most: 1 },
    { name: 'other', most: 2 },
  ]
  const decline = async () => 'declined'
  const away = async (): Promise<string> => {
    throw new Error('away')
  }
  await assert.rejects(places.run([one], away, isDecline), /away/)
  assert.equal(await places.run([other, one], decline, isDecline), 'declined')
  assert.equal(await places.run([other, one], decline, isDecline), undefined)
  assert.equal(await places.run([other], decline, isDecline), 'declined', 'a try that was not made gave its place back')
  assert.equal(await places.run([other], decline, isDecline), undefined)
})

test('an hour after the first decline the places are free again', async () => {
  let time = 0
  const places = createTryPlaces({ now: () => time })
  const decline = async () => 'declined'
  for (let n = 0; n < 5; n++) await places.run([key], decline, isDecline)
  time = 3_599_999
  assert.equal(await places.run([key], decline, isDecline), undefined)
  time = 3_600_000
  assert.equal(await places.run([key], decline, isDecline), 'declined')
})

test('a process hears of the declines of the others with its own next one', async () => {
  const counts = new Map<string, number>()
  const countDecline = async (name: string) => {
    counts.set(name, (counts.get(name) ?? 0) + 1)
    return counts.get(name) ?? 0
  }
  const [one, other] = [createTryPlaces({ countDecline }), createTryPlaces({ countDecline })]
  const keys = [{ name: 'address', most: 3 }]
  const decline = (places: typeof one) =>
    places.run(
      keys,
      async () => 'declined',
      () => true,
    )
  assert.deepEqual([await decline(one), await decline(one), await decline(other)], Array(3).fill('declined'))
  assert.equal(await decline(other), undefined, 'it was told of the two before')
  assert.equal(await decline(one), 'declined', 'one more than the limit: it had heard of none since its own')
  assert.equal(await decline(one), undefined)
})

test('what turns out well gives its place back, for whoever waits for it too', async () => {
  const places = createTryPlaces()
  const one = { name: 'one', most: 1 }
  const waits = () => 'not_known_yet' as const
  assert.equal(await places.run([one], async () => 'at the bank', waits), 'at the bank')
  assert.equal(await places.run([one], async () => 'approved', isDecline), undefined)
  await places.settle([one], false)
  assert.equal(await places.run([one], async () => 'approved', isDecline), 'approved')
  await places.settle([one], false)
  assert.equal(
    await places.run([one], async () => 'declined', isDecline),
    'declined',
    'no more is given back than was kept',
  )
  assert.equal(await places.run([one], async () => 'approved', isDecline), undefined)
})
