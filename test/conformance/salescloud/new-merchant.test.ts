import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importCatalogue } from '../../../src/app/catalogue/import-catalogue.ts'
import { addMerchant } from '../../../src/app/merchant/add-merchant.ts'
import { sandboxCatalogue } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import { aMerchant } from '../../support/payments/factories.ts'
import { aUuid } from '../../support/protocols/catalogue.ts'
import { aPayment, ownHeaders, ownPath, requestPayment, startSalescloud } from '../../support/protocols/salescloud.ts'

const salescloud = await startSalescloud()

test('takes payments for a merchant that was just added and agreed on no product', async () => {
  const { pool } = salescloud.database
  const added = await addMerchant(pool, aMerchant({ name: 'Bokabud', currency: 'ISK', products: [] }))
  assert(added.ok)
  const [organization, channel, instance] = [aUuid(901), aUuid(902), aUuid(903)]
  const [example] = sandboxCatalogue.instances ?? []
  assert(example)
  const text = JSON.stringify({
    organization: { ...sandboxCatalogue.organization, uuid: organization },
    channels: [{ uuid: channel, title: 'Shop' }],
    instances: [{ ...example, uuid: instance }],
  })
  const imported = await importCatalogue(pool, { text, merchantId: added.value.terms.id, seal: () => Buffer.alloc(0) })
  assert(imported.ok)
  const path = `/v/1/${organization}/${channel}/${instance}`
  assert.equal((await requestPayment(salescloud, aPayment({ amount: 1 }), { path })).json.success, true)
})

test('says what stands in the way of giving money back, and what to do instead', async () => {
  const paid = await requestPayment(salescloud, aPayment())
  const declined = await requestPayment(salescloud, aPayment({ details: { ...declinedCard } }))
  const idOf = (answer: typeof paid) => String(answer.json.paymentTransaction.payload.transactionId)
  const giveBack = async (id: string, verb: string, body: object = {}) => {
    const url = `${ownPath}/orders/${id}/${verb}`
    const answer = await salescloud.server.inject({ method: 'POST', url, headers: ownHeaders, payload: body })
    return { status: answer.statusCode, message: String(answer.json().message) }
  }
  assert.deepEqual(await giveBack(idOf(declined), 'refund'), {
    status: 409,
    message: 'The payment failed: no money was taken, so there is nothing to give back.',
  })
  assert.equal((await giveBack(idOf(paid), 'refund', { amount: 400 })).status, 200)
  assert.deepEqual(await giveBack(idOf(paid), 'void'), {
    status: 409,
    message: 'Part of the payment has been refunded, so it cannot be voided any more. Refund the rest instead.',
  })
  assert.equal((await giveBack(idOf(paid), 'refund')).status, 200)
  assert.deepEqual(await giveBack(idOf(paid), 'refund'), {
    status: 409,
    message: 'The whole payment has been refunded already. Nothing is left to give back.',
  })
})

const declinedCard = {
  cardNumber: '4000000000000002',
  cardSecurityCode: '123',
  expiryMonth: '12',
  expiryYear: '2099',
}
