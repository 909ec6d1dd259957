/** One order of 90.00 EUR, as the API reference shows it call by call. */
const token = 'SHOP8MDKMXOC'
const eur = (amount: string) => ({ amount, currency: 'EUR' })

const order = {
  totalAmount: eur('90.00'),
  consumer: { givenNames: 'Ada', surname: 'Verdi', email: 'ada@example.com', phoneNumber: '+393330000001' },
  shipping: { name: 'Ada Verdi', line1: 'Via Uno 1', suburb: 'Milano', postcode: '20100', countryCode: 'IT' },
  items: [{ name: 'Chair', category: 'home', sku: 'CH-1', quantity: 1, price: eur('80.00') }],
  shippingAmount: eur('10.00'),
  merchant: {
    redirectConfirmUrl: 'https://shop.example/ok?cart=7',
    redirectCancelUrl: 'https://shop.example/cart',
  },
  merchantReference: 'ORDER-7',
  product: 'pay-in-3',
}

export const created = {
  body: order,
  answer: {
    token,
    expires: '2030-11-08T13:06:17.858Z',
    checkoutUrl: `https://pay.example/checkout/${token}`,
  },
}

export const updated = {
  body: { merchantReference: 'ORDER-7b' },
  answer: { token, merchantReference: 'ORDER-7b' },
}

export const read = {
  answer: {
    token,
    created: '2030-11-08T12:26:17.858Z',
    status: 'charged',
    captureStatus: 'captured',
    totalAmount: { amount: 90, currency: 'EUR' },
    orderDetails: order,
  },
}

export const found = {
  answer: [
    {
      orderToken: token,
      merchantOrderReference: 'ORDER-7',
      merchantProcessorReference: null,
      createdAt: '2030-11-08T12:26:17.858Z',
    },
  ],
}

export const captured = {
  body: { token, merchantReference: 'ORDER-7' },
  answer: {
    token,
    status: 'APPROVED',
    totalAmount: eur('90.00'),
    orderDetails: order,
    capturedAt: '2030-11-08T12:31:02.120Z',
  },
}

export const delayed = {
  body: { authorizationExpiryMilliseconds: 432_000_000 },
  answer: {
    token,
    status: 'AUTHORIZED',
    authorizationExpiryAt: '2030-11-13T12:31:02.120Z',
    totalAmount: eur('90.00'),
    orderDetails: order,
  },
}

export const voided = {
  body: { merchantReference: 'ORDER-7' },
  answer: { token, merchantReference: 'ORDER-7', voidedAt: '2030-11-08T12:31:02.120Z' },
}

export const refunded = {
  body: { refundAmount: eur('25.00'), merchantRefundReference: 'RETURN-7' },
  answer: {
    token,
    amount: eur('25.00'),
    merchantReference: 'ORDER-7',
    merchantRefundReference: 'RETURN-7',
    refundToken: 'pre_transfer',
    refundedAt: '2030-11-09T09:15:44.003Z',
  },
}

const closedAnswer = {
  token,
  captureStatus: 'captured',
  status: 'AUTHORIZED',
  totalAmount: 40,
  totalCapturedAmount: 40,
  orderDetails: order,
  captures: [{ amount: 40, recordedAt: '2030-11-09T09:15:44.003Z' }],
}

export const partCaptured = {
  body: { amount: eur('40.00') },
  answer: { openToCaptureAmount: 50, ...closedAnswer, captureStatus: 'delayed', totalAmount: 90 },
}

export const reduced = {
  body: { refundAmount: eur('50.00') },
  answer: { openToCaptureAmount: 0, ...closedAnswer },
}

export const closed = { body: {}, answer: { ...closedAnswer, totalAmount: 90 } }

const limits = { minimumAmount: eur('5.00'), maximumAmount: eur('2000.00') }

export const configuration = {
  answer: {
    type: 'PAY_BY_INSTALLMENT',
    description: "'Pay over time'",
    ...limits,
    numberOfPayments: '3',
    promotionUrl: 'https://pay.example/how-it-works',
    locales: ['en', 'fr', 'it'],
  },
}

export const configurations = {
  answer: [
    {
      type: 'online',
      product: 'pay-in-3',
      frequency: { number: 1, frequencyType: 'monthly' },
      configuration: limits,
    },
  ],
}

export const authorized = { body: { cardNumber: '4242424242424242' }, answer: { token, status: 'authorized' } }

export const plan = {
  product: 'pay-in-3',
  instalments: [
    { number: 1, dueAt: '2030-01-15', amount: { amount: '30.00', currency: 'EUR' }, status: 'paid' },
    { number: 2, dueAt: '2030-02-15', amount: { amount: '30.00', currency: 'EUR' }, status: 'scheduled' },
    { number: 3, dueAt: '2030-03-15', amount: { amount: '30.00', currency: 'EUR' }, status: 'scheduled' },
  ],
}
