import { type TSchema, Type } from 'typebox'
import { instalmentProducts } from '../../domain/instalments/products.ts'
import * as examples from './examples.ts'

/**
 * What the API documentation says of each route. Requests are not validated by these: the lenient rules that shipped
 * clients need are code (create-order.ts, parse-operation.ts), and answers are made as text (render.ts).
 */
const amount = Type.Object(
  { amount: Type.String({ examples: ['187.95'] }), currency: Type.Literal('EUR') },
  { description: 'Money: a decimal text with a dot, and EUR. Finer amounts are rounded half up to the cent.' },
)
const token = Type.String({
  description: 'Order token: twelve upper-case letters and digits.',
  examples: ['A7K2MDKMXOC5'],
})
const instant = Type.String({ format: 'date-time' })
const reference = Type.String({ maxLength: 255 })
const anything = Type.Record(Type.String(), Type.Unknown(), { description: 'The order request as it was sent.' })
const frequency = Type.Object({ number: Type.Unknown(), frequencyType: Type.String() })
const address = Type.Partial(
  Type.Object({
    name: Type.String(),
    line1: Type.String(),
    suburb: Type.String(),
    postcode: Type.String(),
    countryCode: Type.String({ minLength: 2, maxLength: 2 }),
    phoneNumber: Type.String(),
  }),
)
const item = Type.Object({
  name: Type.String(),
  price: amount,
  quantity: Type.Number({ exclusiveMinimum: 0 }),
  category: Type.Optional(Type.String()),
  subcategory: Type.Optional(Type.Array(Type.String())),
  brand: Type.Optional(Type.String()),
  gtin: Type.Optional(Type.String()),
  sku: Type.Optional(Type.String()),
  pageUrl: Type.Optional(Type.String()),
  imageUrl: Type.Optional(Type.String()),
})

const textError = Type.Object({
  errorCode: Type.String(),
  errorId: Type.String({ examples: ['error-19g6ll3ucve9e'] }),
  message: Type.String(),
  httpStatusCode: Type.Integer(),
})
const validationErrors = Type.Object({
  errorCode: Type.Literal('api_validationerror'),
  errorId: Type.String(),
  message: Type.Object({
    status: Type.Literal(400),
    statusText: Type.Literal('Bad Request'),
    errors: Type.Array(
      Type.Object({
        field: Type.Array(Type.Union([Type.String(), Type.Integer()])),
        location: Type.String(),
        messages: Type.Array(Type.String()),
        types: Type.Array(Type.String()),
      }),
    ),
  }),
  httpStatusCode: Type.Literal(400),
})
const described = (schema: TSchema, description: string) => ({ ...schema, description })

const errors = {
  401: described(Type.String({ examples: ['Unauthorized'] }), 'The bare word Unauthorized: no key, or not this one.'),
  413: described(textError, 'The body is larger than 256 KB.'),
  503: described(
    textError,
    'Not now: wait as long as Retry-After says. Whether it was done is not known: ask again with the same key.',
  ),
}
const writeErrors = {
  ...errors,
  400: described(
    Type.Union([validationErrors, textError]),
    'api_validationerror lists every failing field; pre_condition_failed names the state or the open amount; invalid_json; order_amount_exceeds_maximum_limit and order_amount_below_minimum_limit.',
  ),
  409: described(
    textError,
    'conflicting_operation_in_progress: another operation ran on the order, or the key was used for another request.',
  ),
}
const tokenErrors = { 422: described(textError, 'invalid_token: no order of yours has this token.') }

const headers = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description:
        'One key per purchase attempt; reuse it on retry. A retry with the same key and body answers what the first one answered, with Request-Idempotency: true, and moves nothing. The same key with another body is refused with 409. Kept for 30 days; only successes are kept.',
    }),
  ),
})
const params = Type.Object({ token })

type Schema = Readonly<Record<string, unknown>>
const security = [{ merchantKey: [] }]

/** Every call has a name of its own, a sentence or two, and one example of what it is sent and answers. */
type About = {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly example: { readonly body?: unknown; readonly answer: unknown }
}

function read({ example, ...about }: About, answer: TSchema, more: Schema = {}): Schema {
  const response = { 200: done(answer, example.answer), ...errors }
  return { tags: ['Orders'], ...about, security, response, ...more }
}

function write({ example, ...about }: About, body: TSchema, answer: TSchema, more: Schema = {}): Schema {
  const response = { 200: done(answer, example.answer), ...writeErrors, ...tokenErrors }
  return {
    tags: ['Orders'],
    ...about,
    security,
    headers,
    body: { ...body, examples: [example.body] },
    response,
    ...more,
  }
}

function done(answer: TSchema, example: unknown): TSchema {
  return { ...answer, description: 'Done.', examples: [example] }
}

const references = Type.Object({
  merchantReference: Type.Optional(reference),
  merchantProcessorReference: Type.Optional(reference),
})
const newReference = { merchantReference: Type.Optional(reference) }

export const createSchema = write(
  {
    operationId: 'createOrder',
    summary: 'Create an order',
    description:
      'Send the shopper to checkoutUrl. They come back to redirectConfirmUrl with orderToken and status=SUCCESS in the query, or to redirectCancelUrl with status=FAILED. Only the amount and the two URLs are required; everything else is kept and comes back in orderDetails.',
    example: examples.created,
  },
  Type.Object({
    totalAmount: amount,
    merchant: Type.Object({
      redirectConfirmUrl: Type.String({ format: 'uri' }),
      redirectCancelUrl: Type.String({ format: 'uri' }),
    }),
    consumer: Type.Optional(
      Type.Partial(
        Type.Object({
          phoneNumber: Type.String(),
          givenNames: Type.String(),
          surname: Type.String(),
          email: Type.String({ format: 'email' }),
        }),
      ),
    ),
    billing: Type.Optional(address),
    shipping: Type.Optional(address),
    items: Type.Optional(Type.Array(item, { minItems: 1 })),
    discounts: Type.Optional(Type.Array(Type.Object({ displayName: Type.String(), amount: Type.Optional(amount) }))),
    merchantReference: Type.Optional(reference),
    taxAmount: Type.Optional(amount),
    shippingAmount: Type.Optional(amount),
    type: Type.Optional(Type.Enum(['', 'online', 'offline', 'link'])),
    product: Type.Optional(Type.Enum(['', ...instalmentProducts])),
    frequency: Type.Optional(frequency),
    orderExpiryMilliseconds: Type.Optional(Type.Integer({ minimum: 1000, default: 2400000 })),
    extensions: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
  Type.Object({ token, expires: instant, checkoutUrl: Type.String({ format: 'uri' }) }),
)

export const updateSchema = write(
  {
    operationId: 'updateOrder',
    summary: 'Update the references of an order',
    description: 'A merchantReference that is left out is removed. Works in every state.',
    example: examples.updated,
  },
  references,
  Type.Object({ token, ...references.properties }),
  {
    params,
  },
)

export const getSchema = read(
  {
    operationId: 'getOrder',
    summary: 'Get an order',
    description: 'totalAmount.amount is a number here and a text inside orderDetails, as shipped clients expect.',
    example: examples.read,
  },
  Type.Object({
    token,
    created: instant,
    status: Type.Enum([
      'created',
      'authorized',
      'charged',
      'expired',
      'refunded_not_charged',
      'partially_refunded',
      'refunded',
    ]),
    captureStatus: Type.Enum(['pending', 'captured', 'delayed', 'voided']),
    totalAmount: Type.Object({ amount: Type.Number(), currency: Type.Literal('EUR') }),
    orderDetails: anything,
    lastEligibilityFeedback: Type.Optional(Type.String()),
  }),
  { params },
)

export const referencesSchema = read(
  {
    operationId: 'findOrders',
    summary: 'Find orders by their references',
    description:
      'At least one of the three; several must all match. At most 100, newest first; an empty list when nothing matches.',
    example: examples.found,
  },
  Type.Array(
    Type.Object({
      orderToken: token,
      merchantOrderReference: Type.Union([Type.String(), Type.Null()]),
      merchantProcessorReference: Type.Union([Type.String(), Type.Null()]),
      createdAt: instant,
    }),
  ),
  {
    querystring: Type.Partial(
      Type.Object({
        orderToken: Type.String({ minLength: 1 }),
        merchantOrderReference: Type.String({ minLength: 1 }),
        merchantProcessorReference: Type.String({ minLength: 1 }),
      }),
    ),
  },
)

const settled = { token, status: Type.String(), totalAmount: amount, orderDetails: anything }

export const captureSchema = write(
  {
    operationId: 'captureOrder',
    summary: 'Capture an order',
    description:
      'Takes the money that the shopper authorized. Without an amount all of it; with one, the rest is released and the instalments are made for what was captured.',
    example: examples.captured,
  },
  Type.Object({ token, ...newReference, amount: Type.Optional(amount) }),
  Type.Object({ ...settled, status: Type.Literal('APPROVED'), capturedAt: instant }),
)

export const delaySchema = write(
  {
    operationId: 'delayOrder',
    summary: 'Delay the capture',
    description:
      'Keeps the authorization for five days, or as long as you say, until you capture or void. The body may be left out.',
    example: examples.delayed,
  },
  Type.Object({
    authorizationExpiryMilliseconds: Type.Optional(
      Type.Integer({ minimum: 60_000, maximum: 2_160_000_000, default: 432_000_000 }),
    ),
    ...newReference,
  }),
  Type.Object({ ...settled, status: Type.Literal('AUTHORIZED'), authorizationExpiryAt: instant }),
  { params },
)

export const voidSchema = write(
  {
    operationId: 'voidOrder',
    summary: 'Void an order',
    description: 'Releases the authorization of an order that was not captured. The body may be left out.',
    example: examples.voided,
  },
  Type.Object(newReference),
  Type.Object({ token, merchantReference: Type.Optional(reference), voidedAt: instant }),
  { params },
)

export const refundSchema = write(
  {
    operationId: 'refundOrder',
    summary: 'Refund an order',
    description: 'Gives back a part or all of what was captured. Each call without an Idempotency-Key is a new refund.',
    example: examples.refunded,
  },
  Type.Object({ refundAmount: amount, merchantRefundReference: Type.Optional(reference), ...newReference }),
  Type.Object({
    token,
    amount,
    merchantReference: Type.Optional(reference),
    merchantRefundReference: Type.Optional(reference),
    refundToken: Type.String({ examples: ['pre_transfer'] }),
    refundedAt: instant,
  }),
  { params },
)

const closed = {
  token,
  captureStatus: Type.String(),
  status: Type.Literal('AUTHORIZED'),
  totalAmount: Type.Number(),
  totalCapturedAmount: Type.Number(),
  orderDetails: anything,
  captures: Type.Array(Type.Object({ amount: Type.Number(), recordedAt: instant })),
}
const parts = Type.Object({ openToCaptureAmount: Type.Number(), ...closed })

export const partCaptureSchema = write(
  {
    operationId: 'capturePart',
    summary: 'Capture a part of a delayed order',
    description: 'Keeps the rest open. The part that is left last closes the order.',
    example: examples.partCaptured,
  },
  Type.Object({ amount: Type.Optional(amount), ...newReference }),
  parts,
  { params },
)

export const reduceSchema = write(
  {
    operationId: 'reduceOrder',
    summary: 'Take a part off a delayed order',
    description: 'Before it is captured: a cancelled item, say. When nothing is left to capture, the order is closed.',
    example: examples.reduced,
  },
  Type.Object({ refundAmount: amount, ...newReference }),
  parts,
  { params },
)

export const closeSchema = write(
  {
    operationId: 'closeOrder',
    summary: 'Close a delayed order',
    description: 'Ends it with what has been captured and releases the rest.',
    example: examples.closed,
  },
  Type.Object({}),
  Type.Object(closed),
  { params },
)

const limits = { minimumAmount: amount, maximumAmount: amount }

export const configurationV2Schema = read(
  {
    operationId: 'getConfiguration',
    summary: 'What was agreed (one product)',
    description: "The limits of the merchant's first product.",
    example: examples.configuration,
  },
  Type.Object({
    type: Type.String(),
    description: Type.String(),
    ...limits,
    numberOfPayments: Type.String(),
    promotionUrl: Type.String(),
    locales: Type.Array(Type.String()),
  }),
)

export const configurationV3Schema = read(
  {
    operationId: 'getConfigurations',
    summary: 'What was agreed (every product)',
    description: 'The limits of each product that orders of this merchant may name.',
    example: examples.configurations,
  },
  Type.Array(
    Type.Object({ type: Type.String(), product: Type.String(), frequency, configuration: Type.Object(limits) }),
  ),
)

export const sandboxAuthorizeSchema: Schema = {
  tags: ['Sandbox'],
  operationId: 'authorizeOrder',
  summary: 'Pay an order as its shopper would',
  description:
    'The whole checkout without a browser. The README lists the test cards, and why each of them is declined.',
  security,
  headers,
  params,
  body: Type.Object(
    {
      cardNumber: Type.String({ examples: ['4242424242424242'] }),
      securityCode: Type.Optional(Type.String()),
      expiryMonth: Type.Optional(Type.Integer()),
      expiryYear: Type.Optional(Type.Integer()),
    },
    { examples: [examples.authorized.body] },
  ),
  response: {
    200: {
      ...Type.Object({ token, status: Type.String(), declined: Type.Optional(Type.Literal(true)) }),
      description: 'A declined card answers 200 too, with the unchanged status and declined: true.',
      examples: [examples.authorized.answer],
    },
    ...writeErrors,
    ...tokenErrors,
  },
}

export const sandboxPlanSchema: Schema = {
  tags: ['Sandbox'],
  operationId: 'readPlan',
  summary: 'Read the instalment plan of an order',
  description:
    'What the shopper pays and when, as it stands now. Of an order that nobody has captured yet, the plan as it would be.',
  security,
  params,
  response: {
    200: {
      ...Type.Object({
        product: Type.String(),
        instalments: Type.Array(
          Type.Object({
            number: Type.Integer({ minimum: 1 }),
            dueAt: Type.String({ format: 'date' }),
            amount,
            status: Type.Union(['scheduled', 'paid', 'overdue', 'cancelled'].map((status) => Type.Literal(status))),
          }),
        ),
      }),
      description: 'The plan.',
      examples: [examples.plan],
    },
    ...tokenErrors,
  },
}
