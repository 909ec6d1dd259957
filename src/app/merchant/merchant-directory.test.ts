import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { aMerchant } from '../../../test/support/payments/factories.ts'
import { setMerchantDisabled } from '../../db/merchant/change-merchant.ts'
import { addMerchant } from './add-merchant.ts'
import { createMerchantDirectory } from './merchant-directory.ts'

const { pool } = await testDatabase()

test('a widget token leads to its merchant, with the limits of now, until it is disabled', async () => {
  const added = await addMerchant(pool, aMerchant({ timeZone: 'Europe/Lisbon' }))
  assert(added.ok)
  const { terms, widgetToken } = added.value
  const { byWidgetToken } = createMerchantDirectory(pool)
  const { products, ...found } = (await byWidgetToken(widgetToken)) ?? aMerchant()
  assert.deepEqual({ id: found.id, timeZone: found.timeZone }, { id: terms.id, timeZone: 'Europe/Lisbon' })
  assert.deepEqual(products.map(({ product }) => product).toSorted(), ['later', 'pay-in-3', 'pay-in-4'])
  await setMerchantDisabled(pool, terms.id, true)
  assert.equal(await byWidgetToken(widgetToken), undefined)
  assert.equal(await byWidgetToken('NOBODYS00'), undefined)
})
