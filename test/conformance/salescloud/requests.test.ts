import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aPayment,
  approvedCard,
  requestPayment,
  rowCounts,
  startSalescloud,
} from '../../support/protocols/salescloud.ts'

const salescloud = await startSalescloud()
const croissants = { uuid: 'b80e6d25-4f97-4a1c-93d8-7c2f5e0ab146', quantity: 3 }
const number = approvedCard.cardNumber

async function refusalOf(overrides: object): Promise<{ code: number; field: unknown; message: string }> {
  const before = await rowCounts(salescloud)
  const { status, json } = await requestPayment(salescloud, aPayment(overrides))
  assert.equal(status, 404, JSON.stringify(overrides))
  assert.deepEqual(await rowCounts(salescloud), before)
  const { message, payload } = json.paymentTransaction
  return { code: json.errorCode, field: payload.field, message }
}

test('refuses the card number outside details, whatever stands between its digits', async () => {
  const marks = ['', ' ', '-', '.', '\u00a0', '\t', '\n', '/', '_', '–', '\u200b', '\0', 'x', ', then ']
  const written = marks.map((mark) => number.replace(/(....)(?=.)/g, `$1${mark}`))
  const fullWidth = String.fromCharCode(...[...number].map((digit) => digit.charCodeAt(0) + 0xfee0))
  for (const text of [...written, fullWidth]) {
    for (const overrides of [
      { comment: `my card: ${text}!` },
      { billingInfo: { [text]: true } },
      { billingInfo: { notes: [{ deep: text }] } },
      { deliveryService: { uuid: 'e25abb40-6ac5-11ea-b6ac-098bba9d8176', title: text } },
      { discounts: [text] },
      ...(text.includes('\0') ? [] : [{ requestId: `r-${text}` }]),
    ]) {
      const { code, field } = await refusalOf(overrides)
      assert.deepEqual([code, field], [1, 'details.cardNumber'], JSON.stringify(overrides))
    }
  }
  for (const billingInfo of [{ number: Number(number) }, { parts: ['4242', '4242', 4242, '4242'] }])
    assert.equal((await refusalOf({ billingInfo })).field, 'details.cardNumber', JSON.stringify(billingInfo))
})

test('takes a short number that the card has in common with a telephone', async () => {
  const details = { ...approvedCard, cardNumber: '123456789' }
  const { status } = await requestPayment(salescloud, aPayment({ details, billingInfo: { phone: '123456789' } }))
  assert.equal(status, 200)
})

test('refuses a property that is named like card data in anything that is kept', async () => {
  const names = ['cardNumber', 'card_number', 'Card-Number', 'CARD NUMBER', 'cardSecurityCode', 'securityCode']
  for (const name of [...names, 'cvc', 'CVC2', 'cvv', 'cvv2', 'c_v_v', 'PAN']) {
    for (const [place, value] of [
      ['billingInfo', { [name]: 'x' }],
      ['shippingInfo', { a: [{ b: { [name]: null } }] }],
      ['items', [{ ...croissants, [name]: 1.5 }]],
    ] as const) {
      const { code, field, message } = await refusalOf({ [place]: value })
      assert.deepEqual([code, field], [1, place], name)
      assert.match(message, /card data belongs in details only/)
    }
  }
  const kept = { billingInfo: { company: 'Pan ehf.', panel: 1, securityCodes: 'none' } }
  assert.equal((await requestPayment(salescloud, aPayment(kept))).status, 200)
})

test('passes over card data in properties that are not kept', async () => {
  const { status, text } = await requestPayment(salescloud, aPayment({ cardNumber: number, cvc: '9173' }))
  assert.equal(status, 200)
  const { rows } = await salescloud.database.pool.query('select o::text as row from catalogue_order o')
  assert.doesNotMatch([text, ...rows.map(({ row }) => row)].join(), /cvc|cardNumber|4242424242424242/)
})

test('takes discounts by name, as objects, and both at once', async () => {
  const name = 'three_croissants'
  for (const discounts of [[name], [{ machineName: name, amount: 450 }], [name, { machineName: name }]]) {
    const { json, text } = await requestPayment(salescloud, aPayment({ amount: 900, items: [croissants], discounts }))
    assert.equal(json.errorCode, 0, text)
  }
})

test('names the entry of discounts that is neither', async () => {
  for (const wrong of [5, null, ['three_croissants'], true]) {
    const discounts = ['three_croissants', wrong]
    const { code, field, message } = await refusalOf({ amount: 900, items: [croissants], discounts })
    assert.deepEqual([code, field], [1, 'discounts[1]'])
    assert.match(message, /must be a discount rule's machine name, or an object with machineName/)
  }
})

test('says the amount of a request in which something else is wrong', async () => {
  const amountOf = async (overrides: object) => {
    const { status, json } = await requestPayment(salescloud, aPayment(overrides))
    assert.deepEqual([status, json.errorCode], [404, 1])
    return json.paymentTransaction.amount
  }
  assert.equal(await amountOf({ namespace: undefined }), 1000)
  assert.equal(await amountOf({ billingInfo: { a: 'x'.repeat(17_000) } }), 1000)
  assert.equal(await amountOf({ details: null }), 1000)
  for (const amount of ['1000', 0, -1, 1.5, null]) assert.equal(await amountOf({ amount }), null)
})

test('names the namespace and the currency that the instance has', async () => {
  const namespace = await refusalOf({ namespace: 'netgiro' })
  assert.deepEqual([namespace.code, namespace.field], [9, 'namespace'])
  assert.match(namespace.message, /: valitor_greidslugatt\.$/)
  const currency = await refusalOf({ currency_code: 'isk' })
  assert.deepEqual([currency.code, currency.field], [4, 'currency_code'])
  assert.match(currency.message, /: ISK\.$/)
})

test('says what would have been right', async () => {
  const messageOf = async (overrides: object) => (await refusalOf(overrides)).message
  const seats = { uuid: '2ea94c7d-51f8-4b03-86ce-0d9b7f3a5e12', quantity: 3, startsAtTimeInMillis: 2_066_324_400_000 }
  assert.match(await messageOf({ details: { ...approvedCard, expiryYear: '9999' } }), /from 2000 to 2099/)
  assert.match(await messageOf({ currency_code: 'KRÓNUR' }), /three-letter currency code of ISO 4217/)
  assert.match(await messageOf({ amount: 14_700, items: [seats] }), /Only 2 seats are left\./)
  assert.match(await messageOf({ deliveryTime: 1 }), /from 1 day ago to 730 days ahead, in seconds since 1970\./)
})

test('names the content type that is wanted', async () => {
  for (const type of ['', ';', 'text', 'text/plain', 'application/json; charset=latin1']) {
    const { status, json } = await requestPayment(salescloud, aPayment(), { headers: { 'content-type': type } })
    assert.deepEqual([status, json.errorCode], [404, 1])
    assert.match(json.paymentTransaction.message, /Content-Type must be application\/json/, type)
  }
})

test('takes the same words in another order or with other blanks as another body', async () => {
  const payload = aPayment({ requestId: 'same bytes' })
  assert.equal((await requestPayment(salescloud, JSON.stringify(payload))).status, 200)
  const reordered = JSON.stringify(Object.fromEntries(Object.entries(payload).toReversed()))
  for (const body of [reordered, JSON.stringify(payload, null, 1)]) {
    const { status, json } = await requestPayment(salescloud, body)
    assert.deepEqual([status, json.errorCode], [404, 6])
  }
})
