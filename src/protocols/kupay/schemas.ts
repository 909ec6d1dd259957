import { Type } from 'typebox'
import { currencies } from './payments/amount.ts'

/** What the API documentation says of each route. Requests are read by code (parse-payment.ts), answers are made as text. */
const tags = ['KuPay']
const url = (description: string) => Type.String({ format: 'uri', description })
const empty = (description: string) => Type.Array(Type.Never(), { description, examples: [[]] })
const id = 'KUPY8MDKMXOC'

const errors = Type.Object(
  { errors: Type.Record(Type.String(), Type.Array(Type.String())) },
  {
    description: 'What is wrong, by field.',
    examples: [{ errors: { amount: ['An amount in JPY has 0 decimals at most.'] } }],
  },
)

const faults = {
  401: empty('No token, or not this one.'),
  422: errors,
  503: empty('Not now: try again after Retry-After seconds. Whether it was done is not known.'),
}

const created = Type.Object(
  { pay_url: Type.String({ description: 'where the shopper pays' }), payment_id: Type.String() },
  {
    description: 'The request, new or the open one of that id.',
    examples: [{ pay_url: `https://pay.example/pay/kupy/${id}`, payment_id: id }],
  },
)

export const create = {
  tags,
  operationId: 'createPaymentRequest',
  summary: 'Ask for a payment',
  description: 'The same id again is the same request while it is open or paid, never a second one.',
  security: [{ kupayToken: [] }],
  body: Type.Object(
    {
      id: Type.String({ maxLength: 255, description: 'your own unique id of the order' }),
      order_number: Type.String({ maxLength: 255, description: 'the number that the shopper knows' }),
      created_at: Type.String({ description: 'date of the order, ISO 8601 with its offset' }),
      currency: Type.Union(currencies.map((code) => Type.Literal(code))),
      amount: Type.Number({ description: 'read from its digits, never through a float' }),
      email: Type.Optional(Type.String({ description: 'who gets the link by e-mail' })),
      order_status_url: Type.Optional(url('where the shopper sees the order')),
      cancel_url: url('where the shopper goes who does not pay'),
      paid_url: url('where the shopper goes who has paid'),
      callback_url: url('told once the payment is final, or its time is up'),
    },
    {
      examples: [
        {
          id: '12345',
          order_number: '1234',
          created_at: '2022-05-22T18:58:04+01:00',
          currency: 'USD',
          amount: 123.45,
          email: '',
          order_status_url: 'https://example.com',
          cancel_url: 'https://example.com',
          paid_url: 'https://example.com',
          callback_url: 'https://example.com',
        },
      ],
    },
  ),
  response: { 200: created, ...faults },
}

export const status = {
  tags,
  operationId: 'getPaymentRequest',
  summary: 'Read the status of a payment',
  description: 'How the request stands. A callback tells the same; this is for whoever missed it.',
  security: [{ kupayToken: [] }],
  params: Type.Object({ id: Type.String({ examples: [id] }) }),
  response: {
    200: Type.Object(
      {
        payment_id: Type.String(),
        status: Type.Union(
          ['open', 'paid', 'cancelled', 'expired', 'failure', 'error'].map((each) => Type.Literal(each)),
        ),
        created_at: Type.String({ description: 'date of the order in UTC' }),
        order_number: Type.String(),
        currency: Type.String(),
        amount: Type.Number(),
      },
      {
        description: 'The payment.',
        examples: [
          {
            payment_id: id,
            status: 'paid',
            created_at: '2022-05-22 17:58:04',
            order_number: '1234',
            currency: 'USD',
            amount: 123.45,
          },
        ],
      },
    ),
    401: faults[401],
    404: empty('No such payment of yours.'),
    503: faults[503],
  },
}

const line = Type.Record(Type.String(), Type.Unknown())

export const wooCommerce = {
  tags,
  operationId: 'takeWooCommerceOrder',
  summary: 'Take an order of the WooCommerce plugin',
  description:
    'What the plugin 0.1.3 posts when its thank-you page is shown. The key in the path is its only authentication.',
  security: [],
  params: Type.Object({ key: Type.String({ examples: ['7d1f3a52-6c0e-4b7a-9a54-0d8f2f3b9c11'] }) }),
  body: Type.Object(
    { order: line, cancel_url: Type.String(), paid_url: Type.String(), callback_url: Type.String() },
    {
      examples: [
        {
          order: {
            id: 12,
            number: '12',
            currency: 'USD',
            total: '123.45',
            order_key: 'wc_order_AbCdEf123456',
            date_created: null,
          },
          cancel_url:
            'https://shop.example/checkout/order-received/12/?key=wc_order_AbCdEf123456&#038;status=cancelled',
          paid_url: 'https://shop.example/checkout/order-received/12/?key=wc_order_AbCdEf123456&#038;status=completed',
          callback_url: 'https://shop.example/?wc-api=callback&key=wc_order_AbCdEf123456',
        },
      ],
    },
  ),
  response: { 200: created, ...faults },
}

export const shopify = {
  tags,
  operationId: 'takeShopifyOrder',
  summary: 'Take an order of a Shopify shop',
  description:
    "What Shopify's webhook for new orders posts, signed with the shop's secret (X-Shopify-Hmac-Sha256). An order that is paid otherwise is answered with an empty list.",
  security: [],
  params: Type.Object({ merchant: Type.String({ examples: ['kupy'] }) }),
  body: Type.Object(
    {
      id: Type.Integer(),
      order_number: Type.Integer(),
      created_at: Type.String(),
      currency: Type.String(),
      total_price: Type.String(),
      email: Type.Optional(Type.String()),
      order_status_url: Type.Optional(Type.String()),
      payment_gateway_names: Type.Array(Type.String(), { description: 'One of them must contain KuPay.' }),
    },
    {
      examples: [
        {
          id: 4532871962785,
          order_number: 1234,
          created_at: '2022-05-22T18:58:04+01:00',
          currency: 'USD',
          total_price: '123.45',
          email: 'shopper@example.com',
          order_status_url: 'https://shop.example/orders/1234',
          payment_gateway_names: ['Crypto via KuPay'],
        },
      ],
    },
  ),
  response: {
    200: created,
    401: empty('No signature, or not with the secret of this merchant.'),
    422: errors,
    503: faults[503],
  },
}

/** A script for a shop's page and no call of a server's: it answers 200 to whatever is asked, and stands in docs/protocols/kupay.md 9. */
export const shopifyScript = { hide: true } as const
