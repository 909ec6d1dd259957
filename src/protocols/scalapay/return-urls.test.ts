import assert from 'node:assert/strict'
import { test } from 'node:test'
import { returnUrls } from './return-urls.ts'

const confirm = 'https://shop.example/thanks?order_id=7'
const cancel = 'https://shop.example/basket#top'

function urlsIn(order: unknown): unknown {
  return returnUrls({ details: JSON.stringify(order) })
}

test('reads both addresses as the merchant wrote them', () => {
  const merchant = { redirectConfirmUrl: confirm, redirectCancelUrl: cancel }
  assert.deepEqual(urlsIn({ merchant, items: [] }), { confirm, cancel })
})

test('finds none where an order has none, or one that no browser should be sent to', () => {
  const without = [
    {},
    { merchant: null },
    { merchant: [] },
    { merchant: { redirectConfirmUrl: confirm } },
    { merchant: { redirectConfirmUrl: confirm, redirectCancelUrl: 7 } },
    { merchant: { redirectConfirmUrl: 'javascript:alert(1)', redirectCancelUrl: cancel } },
    { merchant: { redirectConfirmUrl: `${confirm}\r\nset-cookie: a=b`, redirectCancelUrl: cancel } },
    [],
    null,
  ]
  for (const order of without) assert.equal(urlsIn(order), undefined, JSON.stringify(order))
})
