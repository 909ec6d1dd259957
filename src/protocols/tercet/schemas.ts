import { Type } from 'typebox'
import { webhookEvents } from '../../domain/webhook/event-name.ts'
import { described, error, errors, instant, invalid, of, orNull, shown, unknown, uuid } from './schema-parts.ts'

/** What the API documentation says of each route. Requests are read by code (input.ts). */
const webhooks = of('Webhooks')
const sandbox = of('Sandbox')

const ids = { endpoint: '0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c11', delivery: '0197f3c2-61b0-7d02-8f3e-4b7a9a54c2de' }
const params = Type.Object({ id: uuid })

const eventFilter = Type.Array(Type.Enum([...webhookEvents]), {
  description: 'What it hears of; left out: everything.',
})
const url = Type.String({ format: 'uri', description: 'https; in the sandbox any loopback address too.' })
const description = Type.String({ maxLength: 200, description: 'For you.' })

const endpoint = {
  id: uuid,
  url: orNull(Type.String()),
  description: Type.String(),
  events: Type.Array(Type.String()),
  enabled: Type.Boolean({ description: 'false: its messages wait.' }),
  createdAt: instant,
  previousSecretUntil: orNull(instant),
}
const secret = Type.String({ description: 'whsec_ and base64. Shown this once: keep it.' })
const endpointExample = {
  id: ids.endpoint,
  url: 'https://shop.example/hooks',
  description: 'orders',
  events: ['captured', 'refunded'],
  enabled: true,
  createdAt: '2030-11-08T12:26:17.858Z',
  previousSecretUntil: null,
}
const secretExample = { ...endpointExample, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }

export const listEndpoints = webhooks(
  {
    operationId: 'listWebhookEndpoints',
    summary: 'List webhook endpoints',
    description: 'Where the events of this merchant are sent to. Secrets are never shown again.',
  },
  {
    response: {
      200: shown(Type.Object({ endpoints: Type.Array(Type.Object(endpoint)) }), 'All of them.', {
        endpoints: [endpointExample],
      }),
      ...errors,
    },
  },
)

export const addEndpoint = webhooks(
  {
    operationId: 'addWebhookEndpoint',
    summary: 'Add a webhook endpoint',
    description: 'At most 16. Events that happen from now on are sent to it, each at least once.',
  },
  {
    body: shown(
      Type.Object({ url, description: Type.Optional(description), events: Type.Optional(eventFilter) }),
      'The new endpoint.',
      { url: 'https://shop.example/hooks', description: 'orders', events: ['captured', 'refunded'] },
    ),
    response: {
      201: shown(Type.Object({ ...endpoint, secret }), 'Added.', secretExample),
      ...invalid,
      409: described(error, 'too_many_endpoints: delete one first.'),
      ...errors,
    },
  },
)

export const changeEndpoint = webhooks(
  {
    operationId: 'changeWebhookEndpoint',
    summary: 'Change a webhook endpoint',
    description:
      'What is left out stays. An endpoint that is disabled keeps its messages waiting; enabled again, they are sent.',
  },
  {
    params,
    body: shown(
      Type.Partial(Type.Object({ url, description, events: eventFilter, enabled: Type.Boolean() })),
      'What to change.',
      { enabled: false },
    ),
    response: {
      200: shown(Type.Object(endpoint), 'As it is now.', { ...endpointExample, enabled: false }),
      ...invalid,
      ...unknown,
      ...errors,
    },
  },
)

export const deleteEndpoint = webhooks(
  {
    operationId: 'deleteWebhookEndpoint',
    summary: 'Delete a webhook endpoint',
    description: 'What still waited for it is not sent.',
  },
  { params, response: { 204: Type.Null({ description: 'It is gone.' }), ...unknown, ...errors } },
)

export const rotateSecret = webhooks(
  {
    operationId: 'rotateWebhookSecret',
    summary: 'Make a new secret for an endpoint',
    description: 'The secret before stays valid for 24 hours: until then each message carries a signature of both.',
  },
  {
    params,
    response: {
      200: shown(Type.Object({ ...endpoint, secret }), 'The new secret, this once.', {
        ...secretExample,
        previousSecretUntil: '2030-11-09T12:26:17.858Z',
      }),
      ...unknown,
      ...errors,
    },
  },
)

const delivery = Type.Object({
  id: uuid,
  endpoint: uuid,
  url: orNull(Type.String()),
  orderToken: Type.Optional(Type.String()),
  sequence: Type.Integer({ description: 'Number of the event within its order.' }),
  event: Type.String(),
  state: Type.Enum(['pending', 'delivered', 'dead', 'skipped']),
  createdAt: instant,
  nextAttemptAt: orNull(instant),
  attempts: Type.Array(
    Type.Object({
      at: instant,
      status: orNull(Type.Integer({ description: 'of the answer; null when none came' })),
      error: orNull(Type.String()),
      latencyMilliseconds: Type.Integer(),
      answer: orNull(Type.String({ description: 'The beginning of its body.' })),
    }),
  ),
})
const deliveryExample = {
  id: ids.delivery,
  endpoint: ids.endpoint,
  url: 'https://shop.example/hooks',
  orderToken: 'SHOP8MDKMXOC',
  sequence: 3,
  event: 'captured',
  state: 'delivered',
  createdAt: '2030-11-08T12:31:02.120Z',
  nextAttemptAt: null,
  attempts: [{ at: '2030-11-08T12:31:02.320Z', status: 200, error: null, latencyMilliseconds: 41, answer: 'ok' }],
}

export const listDeliveries = webhooks(
  {
    operationId: 'listWebhookDeliveries',
    summary: 'List deliveries',
    description: 'What was sent and what waits, with every attempt, newest event first.',
  },
  {
    querystring: Type.Partial(
      Type.Object({
        state: Type.Enum(['pending', 'delivered', 'dead', 'skipped']),
        endpoint: uuid,
        order: Type.String({ description: 'An order token.' }),
        before: described(uuid, 'next of the page before.'),
        limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
      }),
    ),
    response: {
      200: shown(Type.Object({ deliveries: Type.Array(delivery), next: orNull(uuid) }), 'A page.', {
        deliveries: [deliveryExample],
        next: null,
      }),
      ...invalid,
      ...errors,
    },
  },
)

const replayed = Type.Object({ replayed: Type.Integer({ description: 'How many messages are sent again.' }) })

export const replayDelivery = webhooks(
  {
    operationId: 'replayWebhookDelivery',
    summary: 'Send one delivery again',
    description: 'A further attempt of the same message, with the same webhook-id.',
  },
  { params, response: { 202: shown(replayed, 'It is due now.', { replayed: 1 }), ...unknown, ...errors } },
)

export const replayRange = webhooks(
  {
    operationId: 'replayWebhooks',
    summary: 'Send again what happened in a range of time',
    description:
      'After a receiver was broken. Each message keeps its webhook-id, so what was received before is known.',
  },
  {
    body: shown(
      Type.Object({ from: instant, to: instant, endpoint: Type.Optional(uuid) }),
      'from, included, to to, not.',
      {
        from: '2030-11-08T12:00:00Z',
        to: '2030-11-08T13:00:00Z',
      },
    ),
    response: { 202: shown(replayed, 'They are due now.', { replayed: 42 }), ...invalid, ...errors },
  },
)

export const addListener = webhooks(
  {
    operationId: 'addWebhookListener',
    summary: 'Start to listen',
    description:
      'An endpoint without a URL, whose events are read from a cursor. At most 16; forgotten after seven days.',
  },
  {
    response: {
      201: shown(Type.Object({ id: uuid, secret, cursor: Type.String() }), 'It hears what happens from now on.', {
        id: ids.endpoint,
        secret: secretExample.secret,
        cursor: '0',
      }),
      409: described(error, 'too_many_listeners: stop one first.'),
      ...errors,
    },
  },
)

const heard = Type.Object({
  id: uuid,
  cursor: Type.String(),
  event: Type.String(),
  orderToken: Type.Optional(Type.String()),
  sequence: Type.Integer(),
  at: instant,
  isReplay: Type.Boolean(),
  headers: Type.Record(Type.String(), Type.String()),
  body: Type.String({ description: 'The bytes that a receiver is sent.' }),
})

export const readEvents = webhooks(
  {
    operationId: 'readWebhookEvents',
    summary: 'Read the events after a cursor',
    description:
      'Oldest first. Ask again with the cursor of the answer; an empty list means that there is nothing new yet.',
  },
  {
    params,
    querystring: Type.Partial(
      Type.Object({
        after: Type.String({ default: '0' }),
        limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
      }),
    ),
    response: {
      200: shown(Type.Object({ events: Type.Array(heard), cursor: Type.String() }), 'A page.', {
        events: [],
        cursor: '4',
      }),
      ...unknown,
      409: described(error, 'no_signing_key: the merchant has no live key to sign with.'),
      ...errors,
    },
  },
)

export const deleteListener = webhooks(
  { operationId: 'deleteWebhookListener', summary: 'Stop listening', description: 'Ends the listener.' },
  { params, response: { 204: Type.Null({ description: 'It is gone.' }), ...unknown, ...errors } },
)

export const sandboxDeliveries = sandbox(
  {
    operationId: 'sandboxWebhooks',
    summary: 'The webhook delivery log',
    description: 'The newest deliveries of this merchant, with every attempt.',
  },
  {
    querystring: Type.Partial(Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }) })),
    response: {
      200: shown(Type.Object({ deliveries: Type.Array(delivery) }), 'Newest event first.', {
        deliveries: [deliveryExample],
      }),
      ...invalid,
      ...errors,
    },
  },
)

export const sandboxEndpoint = sandbox(
  {
    operationId: 'setSandboxWebhook',
    summary: "Set the merchant's webhook URL",
    description: 'Changes the first endpoint, or adds one. The secret is shown when it is made.',
  },
  {
    body: shown(Type.Object({ url }), 'Where to.', { url: 'http://localhost:3000/hooks' }),
    response: {
      200: shown(Type.Object({ ...endpoint, secret: Type.Optional(secret) }), 'Set.', {
        ...secretExample,
        url: 'http://localhost:3000/hooks',
      }),
      ...invalid,
      409: described(error, 'too_many_endpoints'),
      ...errors,
    },
  },
)

const now = Type.Object({ now: instant })
const nowExample = { now: '2030-11-13T12:26:17.858Z' }

export const readClock = sandbox(
  {
    operationId: 'readClock',
    summary: 'The time of the sandbox',
    description: 'Real time plus what the clock was moved by.',
  },
  { response: { 200: shown(now, 'Now.', nowExample), ...errors } },
)

export const moveClock = sandbox(
  {
    operationId: 'moveClock',
    summary: 'Move the clock of the sandbox forward',
    description:
      'Answers after everything that fell due on the way has happened, in order: orders expire, authorizations lapse, webhooks are retried. Give one of the two fields.',
  },
  {
    body: shown(
      Type.Partial(Type.Object({ advanceMilliseconds: Type.Integer({ minimum: 0 }), to: instant })),
      'By how much, or to when.',
      { advanceMilliseconds: 432_000_000 },
    ),
    response: {
      200: shown(now, 'Now.', nowExample),
      400: described(error, 'A field is wrong, or the time has passed already.'),
      ...errors,
    },
  },
)
