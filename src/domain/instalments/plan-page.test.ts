import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planPage, readPlanPage } from '../../../test/support/payments/plan-page.ts'

test('the plans that people have read are the plans that are made (npm run update -- plans)', async () => {
  assert.equal(await readPlanPage(), planPage())
})
