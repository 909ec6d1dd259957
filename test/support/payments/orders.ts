/** A create request with every documented key (scalapay.md 3.1), as an object that the caller may change. */
export function anOrder(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const address = {
    name: 'Ada Verdi',
    line1: 'Via Uno 1',
    suburb: 'Milano',
    postcode: '20100',
    countryCode: 'IT',
    phoneNumber: '+390000000001',
  }
  return {
    totalAmount: { amount: '90.00', currency: 'EUR' },
    consumer: { phoneNumber: '+390000000001', givenNames: 'Ada', surname: 'Verdi', email: 'ada@example.com' },
    billing: address,
    shipping: address,
    items: [
      {
        name: 'Chair',
        category: 'home',
        subcategory: ['chairs'],
        brand: 'Acme',
        gtin: '0000000000000',
        sku: 'CH-1',
        quantity: 1,
        price: { amount: '80.00', currency: 'EUR' },
        pageUrl: 'https://shop.example/p/1',
        imageUrl: 'https://shop.example/i/1.jpg',
      },
    ],
    discounts: [{ displayName: 'WELCOME', amount: { amount: '5.00', currency: 'EUR' } }],
    merchant: {
      redirectConfirmUrl: 'https://shop.example/ok?cart=7',
      redirectCancelUrl: 'https://shop.example/ko?cart=7',
    },
    merchantReference: 'ORD-7',
    taxAmount: { amount: '14.43', currency: 'EUR' },
    shippingAmount: { amount: '15.00', currency: 'EUR' },
    type: 'online',
    product: 'pay-in-3',
    frequency: { number: 1, frequencyType: 'monthly' },
    orderExpiryMilliseconds: 2_400_000,
    ...overrides,
  }
}
