import { type TSchema, Type } from 'typebox'
import { namespaces } from './payments/namespaces.ts'

/** What the API documentation says of the routes. Requests are read by code (parse-payment.ts), answers are made as text. */
const uuid = Type.String({ format: 'uuid' })
const tags = ['SalesCloud']
const params = Type.Object({ version: Type.Literal('1'), organization: uuid, channel: uuid, instance: uuid })
const optionalUuid = Type.Union([uuid, Type.Null()])
const anything = Type.Record(Type.String(), Type.Unknown())
const described = <T extends TSchema>(schema: T, description: string) => ({ ...schema, description })
const wholeAmount = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'In the smallest unit of the currency by ISO 4217: 1000 is 1000 kr, or 10.00 EUR.',
})

const item = Type.Object({
  uuid,
  quantity: Type.Integer({ minimum: 1 }),
  discountPercent: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  startsAtTimeInMillis: Type.Optional(Type.Integer({ description: 'Required for event items.' })),
  endsAtTimeInMillis: Type.Optional(Type.Integer()),
  variations: Type.Optional(Type.Array(Type.Object({ uuid }))),
})

const cardForm = namespaces.get('valitor_greidslugatt')?.fields ?? anything

const paymentRequest = Type.Object({
  namespace: Type.String({ examples: ['valitor_greidslugatt'] }),
  amount: wholeAmount,
  currency_code: Type.String({ examples: ['ISK'] }),
  details: cardForm,
  requestId: Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, description: 'Your reference. The same one is the same payment.' }),
  ),
  billingInfo: Type.Optional(anything),
  shippingInfo: Type.Optional(anything),
  comment: Type.Optional(Type.String()),
  deliveryService: Type.Optional(Type.Object({ uuid, title: Type.Optional(Type.String()) })),
  deliveryServicePrice: Type.Optional(
    Type.Object({ amount: Type.Integer({ minimum: 0 }), currency_code: Type.String() }),
  ),
  coupon: Type.Optional(optionalUuid),
  location: Type.Optional(optionalUuid),
  unit: Type.Optional(optionalUuid),
  deliveryTime: Type.Optional(Type.Union([Type.Integer(), Type.Null()], { description: 'Seconds since 1970.' })),
  items: Type.Optional(Type.Array(item)),
  discounts: Type.Optional(Type.Array(Type.Unknown())),
})

const answer = Type.Object({
  success: Type.Boolean(),
  errorCode: Type.Integer(),
  paymentTransaction: Type.Object({
    namespace: Type.Union([Type.String(), Type.Null()]),
    amount: Type.Union([Type.Integer(), Type.Null()]),
    currency_code: Type.Union([Type.String(), Type.Null()]),
    status: Type.Union([Type.Literal('success'), Type.Literal('failure')]),
    message: Type.String(),
    payload: anything,
  }),
})

const notFound = described(answer, 'No payment was requested. errorCode says why.')

const security = [{}, { instanceKey: [] }]
const card = { cardNumber: '4242424242424242', cardSecurityCode: '123', expiryMonth: '12', expiryYear: '2030' }
const requestExample = {
  namespace: 'valitor_greidslugatt',
  requestId: 'order-7',
  amount: 1000,
  currency_code: 'ISK',
  details: card,
}
const answerExample = {
  success: true,
  errorCode: 0,
  paymentTransaction: {
    namespace: 'valitor_greidslugatt',
    amount: 1000,
    currency_code: 'ISK',
    status: 'success',
    message: 'The payment was approved.',
    payload: { transactionId: 'SCLD8MDKMXOC', cardBrand: 'visa', maskedCardNumber: '**** 4242', responseCode: '00' },
  },
}

export const paySchema = {
  tags,
  operationId: 'requestPayment',
  summary: 'Request a payment',
  description:
    'Asks the acquirer and answers in the same request. The same requestId with the same bytes is the same payment. With items, the order is priced by the catalogue and amount must be its total.',
  security,
  params,
  body: { ...paymentRequest, examples: [requestExample] },
  response: {
    200: {
      ...described(answer, 'A payment was requested: success says whether it was approved (errorCode 0).'),
      examples: [answerExample],
    },
    404: notFound,
  },
}

export const fieldsSchema = {
  tags,
  operationId: 'getPaymentFields',
  summary: 'What details must hold',
  description: 'A JSON schema of details for this payment instance, to draw a form from.',
  security,
  params,
  response: {
    200: {
      ...Type.Object({
        namespace: Type.String(),
        currency_code: Type.String(),
        title: Type.String(),
        details: anything,
      }),
      description: 'The schema.',
      examples: [
        {
          namespace: 'valitor_greidslugatt',
          currency_code: 'ISK',
          title: 'Cards',
          details: { type: 'object', required: Object.keys(card) },
        },
      ],
    },
    404: notFound,
  },
}
