/** Fills the reference to a fixed width, so that every body has the same length. */
const referenceLength = 16

/**
 * A create request as a shop sends it: every documented part, two items, about 1.4 KB, ASCII. `reference` makes it the
 * merchant's own order.
 */
export function orderBody(reference: string): string {
  return before + reference.padEnd(referenceLength, '0') + after
}

const address = {
  name: 'Ada Verdi',
  line1: 'Via della Moscova 12',
  suburb: 'Milano',
  postcode: '20121',
  countryCode: 'IT',
  phoneNumber: '+390000000001',
}

function item(name: string, sku: string, amount: string) {
  return {
    name,
    category: 'home',
    subcategory: ['chairs'],
    brand: 'Acme',
    gtin: '0000000000000',
    sku,
    quantity: 1,
    price: { amount, currency: 'EUR' },
    pageUrl: `https://shop.example/p/${sku}`,
  }
}

const mark = '?'.repeat(referenceLength)

const text = JSON.stringify({
  totalAmount: { amount: '190.00', currency: 'EUR' },
  consumer: { phoneNumber: '+390000000001', givenNames: 'Ada', surname: 'Verdi', email: 'ada.verdi@example.com' },
  billing: address,
  shipping: address,
  items: [item('Chair of beech wood', 'CH-1001', '120.00'), item('Cushion of wool', 'CU-2002', '60.00')],
  discounts: [{ displayName: 'WELCOME10', amount: { amount: '5.00', currency: 'EUR' } }],
  merchant: {
    redirectConfirmUrl: 'https://shop.example/ok?cart=7f3a52',
    redirectCancelUrl: 'https://shop.example/ko?cart=7f3a52',
  },
  merchantReference: mark,
  taxAmount: { amount: '34.26', currency: 'EUR' },
  shippingAmount: { amount: '15.00', currency: 'EUR' },
  type: 'online',
  product: 'pay-in-3',
  frequency: { number: 1, frequencyType: 'monthly' },
  orderExpiryMilliseconds: 2_400_000,
})

const [before = '', after = ''] = text.split(mark)
