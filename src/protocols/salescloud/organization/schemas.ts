import { type TSchema, Type } from 'typebox'
import type { PageSize } from '../../shared/paging.ts'
import { orderPages } from './paging.ts'

/** What the API documentation says of the organization's own routes (ours); the catalogue's are in catalogue-schemas.ts. */
export const tags = ['SalesCloud organization']
export const security = [{ organizationKey: [] }]
export const uuid = Type.String({ format: 'uuid' })
export const shown = <T extends TSchema>(schema: T, description: string, example: unknown) => ({
  ...schema,
  description,
  examples: [example],
})
export const described = <T extends TSchema>(schema: T, description: string) => ({ ...schema, description })
export const ofOrganization = Type.Object({ organization: uuid })
const ofOrder = Type.Object({ organization: uuid, payment: Type.String({ examples: ['SCLDMDKMXOC5'] }) })
const amount = Type.Integer({ minimum: 1, description: 'In the smallest unit of the currency.' })

export const error = Type.Object({
  errorCode: Type.String(),
  errorId: Type.String(),
  message: Type.Unknown(),
  httpStatusCode: Type.Integer(),
})
export const errors = {
  401: described(error, 'No key of an organization.'),
  404: described(error, 'No such organization, order or entity of this key.'),
  503: described(
    error,
    'Not now: wait as long as Retry-After says. Whether it was done is not known: ask again with the same key.',
  ),
}

const summary = {
  id: Type.String(),
  requestId: Type.Union([Type.String(), Type.Null()]),
  channel: uuid,
  paymentInstance: uuid,
  createdAt: Type.String({ format: 'date-time' }),
  status: Type.String({ examples: ['captured', 'failed', 'refunded'] }),
  amount,
  currency_code: Type.String(),
  captured: Type.Integer(),
  refunded: Type.Integer(),
  errorCode: Type.Optional(Type.Integer()),
  message: Type.Optional(Type.String()),
}
const transaction = Type.Object({
  id: uuid,
  purpose: Type.String({ examples: ['sale', 'refund', 'void'] }),
  status: Type.String({ examples: ['succeeded', 'declined', 'pending'] }),
  amount,
  currency_code: Type.String(),
  errorCode: Type.Optional(Type.Integer()),
  message: Type.Optional(Type.String()),
  payload: Type.Record(Type.String(), Type.String()),
  startedAt: Type.String({ format: 'date-time' }),
  finishedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
})

const orderExample = {
  id: 'SCLD8MDKMXOC',
  requestId: 'order-7',
  channel: 'a1c9e7d2-4b58-4f3a-b6d0-92e8c7f51a60',
  paymentInstance: '5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e275',
  createdAt: '2030-11-08T12:26:17.858Z',
  status: 'captured',
  amount: 1000,
  currency_code: 'ISK',
  captured: 1000,
  refunded: 0,
}
const saleExample = {
  id: '0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c11',
  purpose: 'sale',
  status: 'succeeded',
  amount: 1000,
  currency_code: 'ISK',
  payload: { responseCode: '00' },
  startedAt: '2030-11-08T12:26:17.858Z',
  finishedAt: '2030-11-08T12:26:18.120Z',
}

/** What asks for a page, and what leads to the following one. */
export const pageParameters = ({ usual, most }: PageSize) => ({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: most, default: usual })),
  cursor: Type.Optional(Type.String({ description: 'next of the page before.' })),
})
export const next = Type.Union([Type.String(), Type.Null()])

export const listSchema = {
  tags,
  security,
  operationId: 'listOrganizationOrders',
  summary: 'List orders',
  description: 'Newest first, a page at a time.',
  params: ofOrganization,
  querystring: Type.Object({
    ...pageParameters(orderPages),
    requestId: Type.Optional(Type.String()),
  }),
  response: {
    200: shown(Type.Object({ orders: Type.Array(Type.Object(summary)), next }), 'A page.', {
      orders: [orderExample],
      next: null,
    }),
    ...errors,
  },
}

export const orderSchema = {
  tags,
  security,
  operationId: 'getOrganizationOrder',
  summary: 'Get an order',
  description: 'As priced, as sent, and every call to the acquirer.',
  params: ofOrder,
  response: {
    200: shown(
      Type.Object({
        ...summary,
        card: Type.Unknown(),
        transactions: Type.Array(transaction),
        order: Type.Unknown({ description: 'Lines as priced; asSent holds what the client sent, without details.' }),
      }),
      'The order.',
      { ...orderExample, card: { brand: 'visa', last4: '4242' }, transactions: [saleExample], order: null },
    ),
    ...errors,
  },
}

const returned = {
  200: shown(transaction, 'The acquirer answered: succeeded or declined.', {
    ...saleExample,
    purpose: 'refund',
    amount: 400,
  }),
  202: described(transaction, 'The acquirer has not answered: pending, and settled by itself.'),
  400: described(error, 'The body is not valid.'),
  409: described(error, 'Not possible in this state, more than is left, or the Idempotency-Key is taken.'),
  ...errors,
}
const reference = Type.Optional(Type.String({ maxLength: 255 }))
const headers = Type.Object({ 'Idempotency-Key': Type.Optional(Type.String({ maxLength: 255 })) })

export const refundSchema = {
  tags,
  security,
  operationId: 'refundOrganizationOrder',
  summary: 'Refund an order',
  description: 'A part, or all that is left. A whole refund gives seats and coupon uses back as well.',
  params: ofOrder,
  headers,
  body: {
    ...Type.Object({ amount: Type.Optional(amount), reference }),
    examples: [{ amount: 400, reference: 'RETURN-7' }],
  },
  response: returned,
}

export const voidSchema = {
  tags,
  security,
  operationId: 'voidOrganizationOrder',
  summary: 'Void an order',
  description: 'Undoes a whole sale that the acquirer has not settled yet, and gives its seats and coupon back.',
  params: ofOrder,
  headers,
  body: { ...Type.Object({ reference }), examples: [{ reference: 'CANCEL-7' }] },
  response: returned,
}
