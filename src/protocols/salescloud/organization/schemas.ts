import { type TSchema, Type } from 'typebox'
import { orderPages, type PageSize } from './paging.ts'

/** What the API documentation says of the organization's own routes (ours); the catalogue's are in catalogue-schemas.ts. */
export const tags = ['SalesCloud organization']
export const security = [{ merchantKey: [] }]
export const uuid = Type.String({ format: 'uuid' })
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
  503: described(error, 'Not now: wait as long as Retry-After says.'),
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

/** What asks for a page, and what leads to the following one. */
export const pageParameters = ({ usual, most }: PageSize) => ({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: most, default: usual })),
  cursor: Type.Optional(Type.String({ description: 'next of the page before.' })),
})
export const next = Type.Union([Type.String(), Type.Null()])

export const listSchema = {
  tags,
  security,
  summary: 'Orders, newest first',
  params: ofOrganization,
  querystring: Type.Object({
    ...pageParameters(orderPages),
    requestId: Type.Optional(Type.String()),
  }),
  response: {
    200: Type.Object({ orders: Type.Array(Type.Object(summary)), next }),
    ...errors,
  },
}

export const orderSchema = {
  tags,
  security,
  summary: 'An order with its transactions',
  params: ofOrder,
  response: {
    200: Type.Object({
      ...summary,
      card: Type.Unknown(),
      transactions: Type.Array(transaction),
      order: Type.Unknown({ description: 'Lines as priced; asSent holds what the client sent, without details.' }),
    }),
    ...errors,
  },
}

const returned = {
  200: described(transaction, 'The acquirer answered: succeeded or declined.'),
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
  summary: 'Give a part or all of a payment back',
  params: ofOrder,
  headers,
  body: Type.Object({ amount: Type.Optional(amount), reference }),
  response: returned,
}

export const voidSchema = {
  tags,
  security,
  summary: 'Undo a whole payment that the acquirer has not settled yet',
  params: ofOrder,
  headers,
  body: Type.Object({ reference }),
  response: returned,
}
