import { type Static, Type } from 'typebox'
import type { ShownPlan } from '../../../../app/instalments/read-plan.ts'
import type { OrderPage } from '../../../../app/payment/order-page.ts'
import type { Buyer } from '../../../../domain/shopper/buyer.ts'
import { isoOf } from '../../../../kernel/instant.ts'
import { deliveryOf, deliverySchema } from '../delivery-view.ts'
import { moneyOf, moneySchema } from '../money.ts'
import { orNull } from '../shapes.ts'
import { transferOf, transferSchema } from '../transfer-view.ts'
import { openOf, openSchema, orderRow, orderRowSchema } from './order-view.ts'

const planSchema = Type.Object({
  owed: moneySchema,
  overdueSince: orNull,
  card: orNull,
  instalments: Type.Array(
    Type.Object({
      ...{ number: Type.Integer(), dueAt: Type.String(), amount: moneySchema, status: Type.String() },
      lateFee: Type.Union([moneySchema, Type.Null()]),
    }),
  ),
})

const creditSchema = Type.Intersect([
  transferSchema,
  Type.Object({
    worth: Type.Union([moneySchema, Type.Null()]),
    wanted: Type.Union([Type.Integer(), Type.Null()]),
  }),
])

const itemSchema = Type.Object({
  name: Type.String(),
  quantity: Type.Number(),
  price: Type.Union([moneySchema, Type.Null()]),
  variations: Type.Array(Type.String()),
  startsAt: orNull,
  seats: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Seats of the event that are kept from others now; null for what is not an event.',
  }),
})

/** Everything that is known of one order, as its page shows it. */
export const orderPageSchema = Type.Object({
  order: orderRowSchema,
  open: openSchema,
  state: Type.String(),
  processorReference: orNull,
  events: Type.Array(
    Type.Object({
      sequence: Type.Integer(),
      at: Type.String(),
      kind: Type.String(),
      state: Type.String(),
      amount: Type.Union([moneySchema, Type.Null()]),
      note: orNull,
      actor: orNull,
    }),
  ),
  attempts: Type.Array(
    Type.Object({
      id: Type.String(),
      purpose: Type.String(),
      acquirer: Type.String(),
      amount: moneySchema,
      state: Type.String(),
      failure: orNull,
      code: orNull,
      startedAt: Type.String(),
      finishedAt: orNull,
    }),
  ),
  transfers: Type.Array(
    Type.Object({
      sequence: Type.Integer(),
      kind: Type.String(),
      debit: Type.String(),
      credit: Type.String(),
      amount: moneySchema,
      at: Type.String(),
    }),
  ),
  webhooks: Type.Array(deliverySchema),
  flags: Type.Array(Type.String(), { description: 'What looks wrong about it, each once.' }),
  plan: Type.Union([planSchema, Type.Null()]),
  credits: Type.Array(creditSchema),
  items: Type.Array(itemSchema),
  discounts: Type.Array(Type.Object({ name: orNull, amount: moneySchema })),
  delivery: Type.Union([Type.Object({ name: Type.String(), price: moneySchema }), Type.Null()]),
  buyer: Type.Union([
    Type.Object({ name: orNull, email: orNull, phone: orNull, address: Type.Array(Type.String()) }),
    Type.Null(),
  ]),
  notes: Type.Array(Type.Object({ id: Type.String(), author: Type.String(), text: Type.String(), at: Type.String() })),
  request: Type.String({ description: "The merchant's request as it was sent, JSON text." }),
})

export function pageOf({
  payment,
  request,
  events,
  attempts,
  transfers,
  deliveries,
  notes,
  plan,
  credits,
  contents,
  details,
  buyer,
}: OrderPage): Static<typeof orderPageSchema> {
  const amount = (minor: bigint) => moneyOf(payment.currency, minor)
  return {
    order: orderRow(payment),
    open: openOf(payment),
    state: payment.state,
    processorReference: payment.processorReference,
    events: events.map(({ sequence, at, kind, state, amount: minor, note, actor }) => ({
      sequence,
      at: isoOf(at),
      kind,
      state,
      amount: minor === null ? null : amount(minor),
      note,
      actor,
    })),
    attempts: attempts.map(({ id, purpose, acquirer, amount: minor, state, failure, code, startedAt, finishedAt }) => ({
      id,
      purpose,
      acquirer,
      amount: amount(minor),
      state,
      failure,
      code,
      startedAt: isoOf(startedAt),
      finishedAt: finishedAt && isoOf(finishedAt),
    })),
    transfers: transfers.map(({ sequence, kind, debit, credit, currency, amount: minor, at }) => ({
      sequence,
      kind,
      debit,
      credit,
      amount: moneyOf(currency, minor),
      at: isoOf(at),
    })),
    webhooks: deliveries.map(deliveryOf),
    flags: flagsOf(events),
    plan: plan ? planOf(plan) : null,
    credits: credits.map((credit) => ({
      ...transferOf(credit),
      wanted: credit.wanted,
      worth: credit.minor === null ? null : amount(credit.minor),
    })),
    items: itemsOf({ contents, details }, amount),
    discounts: (contents?.discounts ?? []).map((each) => ({ name: each.name, amount: amount(each.amount) })),
    delivery: contents?.delivery ? { name: contents.delivery.name, price: amount(contents.delivery.price) } : null,
    buyer: buyer ? buyerFields(buyer) : null,
    notes: notes.map((note) => ({ ...note, at: isoOf(note.at) })),
    request,
  }
}

/** Null when the request says nothing of who buys. */
function buyerFields({ name, email, phone, address }: Buyer): Static<typeof orderPageSchema>['buyer'] {
  if ([name, email, phone, ...address].every((each) => each === '')) return null
  return { name: name || null, email: email || null, phone: phone || null, address: [...address] }
}

/** As the catalogue priced them, or as the shop's request calls them. */
function itemsOf(
  { contents, details }: Pick<OrderPage, 'contents' | 'details'>,
  amount: (minor: bigint) => Static<typeof moneySchema>,
): Static<typeof itemSchema>[] {
  const sold = (contents?.lines ?? []).map(({ name, quantity, unitPrice, variations, startsAt, seats }) => ({
    ...{ name, quantity, seats, variations: [...variations] },
    price: amount(unitPrice),
    startsAt: startsAt && isoOf(startsAt),
  }))
  const named = (details?.items ?? []).map(({ name, quantity, price }) => ({
    ...{ name, quantity, variations: [], startsAt: null, seats: null },
    price: price === null ? null : amount(price),
  }))
  return [...sold, ...named]
}

function planOf({ currency, owed, overdueSince, card, instalments }: ShownPlan): Static<typeof planSchema> {
  return {
    owed: moneyOf(currency, owed),
    overdueSince: overdueSince && isoOf(overdueSince),
    card: card && `${card.brand} ${card.last4}`,
    instalments: instalments.map(({ number, dueAt, amount, lateFee, status }) => ({
      ...{ number, dueAt, status },
      amount: moneyOf(currency, amount),
      lateFee: lateFee > 0n ? moneyOf(currency, lateFee) : null,
    })),
  }
}

function flagsOf(events: OrderPage['events']): string[] {
  return [...new Set(events.flatMap(({ kind, note }) => (kind === 'suspicious' ? (note ?? []) : [])))]
}
