import assert from 'node:assert/strict'
import { test } from 'node:test'
import { merchantIn } from './merchant-of-cells.ts'

test('says that there is nowhere to move to, and not that the merchant is unknown, while nobody has named a cell', async () => {
  await assert.rejects(merchantIn({ cells: [] }, 'SHOP'), /tercet cells add NAME makes a second/)
})
