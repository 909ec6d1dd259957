import type { WebhookEvent } from '../../domain/webhook/event-name.ts'

/** One call of the sandbox. `{token}` in a path or a body is the order that the first call made. */
export type Step = { readonly says: string; readonly path: string; readonly body: object }

const eur = (amount: string) => ({ amount, currency: 'EUR' })

function created(more: object = {}): Step {
  const body = {
    totalAmount: eur('90.00'),
    consumer: { givenNames: 'Ada', surname: 'Verdi', email: 'ada@example.com' },
    merchant: { redirectConfirmUrl: 'https://shop.example/ok', redirectCancelUrl: 'https://shop.example/ko' },
    items: [{ name: 'Chair', quantity: 1, price: eur('90.00') }],
    merchantReference: 'tercet-trigger',
    ...more,
  }
  return { says: 'created', path: '/v2/orders', body }
}

const pay = '/v2/payments/{token}'
const authorized: Step = {
  says: 'authorized',
  path: '/sandbox/orders/{token}/authorize',
  body: { cardNumber: '4242424242424242' },
}
const captured: Step = { says: 'captured', path: '/v2/payments/capture', body: { token: '{token}' } }
const partCaptured: Step = { says: 'captured 40.00', path: `${pay}/delay/capture`, body: { amount: eur('40.00') } }

function delayed(authorizationExpiryMilliseconds: number): Step {
  return { says: 'delayed', path: `${pay}/delay`, body: { authorizationExpiryMilliseconds } }
}

function refunded(amount: string): Step {
  return { says: `refunded ${amount}`, path: `${pay}/refund`, body: { refundAmount: eur(amount) } }
}

function later(milliseconds: number): Step {
  const says = `moved the sandbox clock by ${milliseconds / 1000} s`
  return { says, path: '/sandbox/clock', body: { advanceMilliseconds: milliseconds } }
}

const minute = 60_000
const day = 86_400_000

/** How a Scalapay order of 90.00 EUR comes to each event that its merchant is told of. */
export const recipes: Partial<Readonly<Record<WebhookEvent, readonly Step[]>>> = {
  created: [created()],
  authorized: [created(), authorized],
  captured: [created(), authorized, captured],
  reduced: [
    ...[created(), authorized, delayed(day), partCaptured],
    { says: 'reduced by the rest', path: `${pay}/delay/refund`, body: { refundAmount: eur('50.00') } },
  ],
  closed: [
    ...[created(), authorized, delayed(day), partCaptured],
    { says: 'closed', path: `${pay}/delay/void`, body: {} },
  ],
  voided: [created(), authorized, { says: 'voided', path: `${pay}/void`, body: {} }],
  partially_refunded: [created(), authorized, captured, refunded('25.00')],
  refunded: [created(), authorized, captured, refunded('90.00')],
  // The sandbox's merchants are warned a day before an authorization ends.
  expiring_soon: [created(), authorized, delayed(day + minute), later(minute)],
  expired: [created({ orderExpiryMilliseconds: 1_000 }), later(1_000)],
  lapsed: [created(), authorized, delayed(minute), later(minute)],
}

export const triggers = Object.keys(recipes) as readonly WebhookEvent[]
