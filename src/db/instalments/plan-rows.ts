import type pg from 'pg'
import type { StoredLateFeeTerms } from '../../domain/instalments/late-fee-terms.ts'
import type { LateFee, PlanStep } from '../../domain/instalments/plan-facts.ts'
import type { Frequency } from '../../domain/instalments/products.ts'
import type { CardInstrument, Instrument } from '../../domain/payment/instrument.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { AttemptId, MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'

type Client = Pick<pg.ClientBase, 'query'>

export type PlanKey = { readonly merchantId: MerchantId; readonly paymentId: PaymentId }

/** A card that a plan may be collected from. */
export type PlanCard = {
  /** tells it from the shopper's other cards: the saved card's id, or `order` for the one that authorized the order */
  readonly id: string
  /** what attempts are filed under */
  readonly acquirer: string
  /** base64 of the encrypted name that the acquirer knows it by */
  readonly sealedToken: string
  readonly brand: string
  readonly last4: string
  readonly expiryMonth: number
  readonly expiryYear: number
}

/** A plan with what its payment says. Amounts are minor units. */
export type PlanRow = PlanKey & {
  readonly shopperId: string | null
  /** null until somebody has looked at it for the first time; then as it was found */
  readonly zone: string | null
  readonly merchantZone: string
  readonly merchantName: string
  readonly frequency: Frequency | null
  /** that replaced the one that authorized the order */
  readonly card: PlanCard | null
  /** the shopper's saved ones, the default first; null without any */
  readonly cards: readonly PlanCard[] | null
  readonly contact: { readonly email: string | null; readonly phone: string | null; readonly language: Language } | null
  readonly sequence: number
  /** when its newest event happened; null without any */
  readonly changedAt: Instant | null
  readonly owed: bigint
  readonly overdueSince: Instant | null
  readonly writtenOff: bigint
  readonly writtenOffAt: Instant | null
  /** those of the shopper's country when the order was authorized, until somebody has looked at the plan; then as they were found */
  readonly lateFeeTerms: StoredLateFeeTerms | null
  /** null without any */
  readonly lateFees: readonly (Omit<LateFee, 'amount'> & { readonly amount: string })[] | null
  readonly lateFeesWrittenOff: bigint
  /** the charge whose shopper is at their bank, until when, and when the rail is asked about it; all null without one */
  readonly waitingAttempt: AttemptId | null
  readonly waitsUntil: Instant | null
  readonly waitAskedAt: Instant | null
  readonly checkAt: Instant | null
  readonly protocol: string
  readonly product: string
  readonly state: PaymentState
  readonly currency: Currency
  readonly total: bigint
  readonly reduced: bigint
  readonly captured: bigint
  readonly refunded: bigint
  readonly authorizedAt: Instant | null
  readonly railReference: string | null
  readonly instrument: CardInstrument | Instrument | null
  /** the acquirer of the authorization, and what it holds; null when none succeeded */
  readonly authorization: { readonly acquirer: string; readonly amount: string } | null
  /** the order as it was sent, JSON text: only for a plan that nobody has looked at, whose days the order may name */
  readonly details: string | null
}

const columns = `p.merchant_id as "merchantId", p.payment_id as "paymentId", coalesce(p.shopper_id, c.shopper_id) as "shopperId", p.zone,
  m.time_zone as "merchantZone", m.name as "merchantName", p.frequency, p.card, p.sequence, p.owed,
  (select e.at from event e where e.merchant_id = p.merchant_id and e.source_kind = 'i' and e.source_id = p.payment_id
    and e.sequence = p.sequence) as "changedAt",
  p.overdue_since as "overdueSince", p.written_off as "writtenOff", p.written_off_at as "writtenOffAt",
  p.check_at as "checkAt", y.protocol, y.product, y.state, y.currency, y.total, y.reduced, y.captured, y.refunded,
  y.authorized_at as "authorizedAt", y.rail_reference as "railReference", y.instrument,
  (select jsonb_build_object('acquirer', a.acquirer, 'amount', a.amount::text) from attempt a
    where a.merchant_id = p.merchant_id and a.payment_id = p.payment_id and a.purpose = 'authorize' and a.state = 'succeeded'
    order by a.started_at desc limit 1) as authorization,
  p.late_fees_written_off as "lateFeesWrittenOff", p.waiting_attempt as "waitingAttempt", p.waits_until as "waitsUntil",
  p.wait_asked_at as "waitAskedAt",
  case when p.zone is null then (select jsonb_build_object('stages', t.stages, 'mostPerInstalment', t.most_per_instalment::text,
      'mostOfOrderPpm', t.most_of_order_ppm) from shopper s join late_fee_terms t on t.country = s.country
    where s.shopper_id = coalesce(p.shopper_id, c.shopper_id) and t.currency = y.currency and t.since <= y.authorized_at
    order by t.since desc limit 1) else p.late_fee_terms end as "lateFeeTerms",
  (select jsonb_agg(jsonb_build_object('instalment', f.instalment, 'stage', f.stage, 'amount', f.amount::text,
      'isWaived', f.waived_at is not null) order by f.instalment, f.stage)
    from late_fee f where f.merchant_id = p.merchant_id and f.payment_id = p.payment_id) as "lateFees",
  case when p.zone is null and y.product = 'later' then (select e.details from event e
    where e.merchant_id = p.merchant_id and e.source_kind = 'p' and e.source_id = p.payment_id and e.sequence = 1)
  end as details,
  (select jsonb_agg(jsonb_build_object('id', k.card_id, 'acquirer', k.acquirer, 'sealedToken', encode(k.token, 'base64'),
      'brand', k.brand, 'last4', k.last4, 'expiryMonth', k.expiry_month, 'expiryYear', k.expiry_year)
      order by k.is_default desc, k.created_at desc)
    from shopper_card k where k.shopper_id = coalesce(p.shopper_id, c.shopper_id) and k.removed_at is null) as cards,
  (select jsonb_build_object('email', s.email, 'phone', s.phone, 'language', s.language)
    from shopper s where s.shopper_id = coalesce(p.shopper_id, c.shopper_id)) as contact`

/** `offset 0` keeps a plan made for a small table from joining on the merchant alone, which reads all that the merchant has. */
const joined = `cross join lateral (select * from payment where merchant_id = p.merchant_id and payment_id = p.payment_id offset 0) y
  join merchant m on m.id = p.merchant_id
  left join checkout c on c.merchant_id = p.merchant_id and c.payment_id = p.payment_id`

/** When the first plan is to be looked at; null when none is. */
export async function nextPlanCheck(client: Client): Promise<Instant | null> {
  const result = await client.query<{ due: Instant | null }>({
    name: 'next_plan_check',
    text: `select min(check_at) as due from instalment_plan where check_at is not null and ${isServedHere('merchant_id')}`,
  })
  return result.rows[0]?.due ?? null
}

/**
 * The first plans that are to be looked at by `until`, locked; those that somebody else has locked are left out. Read once
 * they are locked: whoever marked a plan meanwhile has committed what its payment says, and that is to be seen.
 */
export async function lockDuePlans(client: Client, until: Instant, limit: number): Promise<PlanKey[]> {
  const result = await client.query<PlanKey>({
    name: 'lock_due_plans',
    text: `select merchant_id as "merchantId", payment_id as "paymentId" from instalment_plan where check_at <= $1::timestamptz
      and ${isServedHere('merchant_id')}
      order by check_at limit $2 for update skip locked`,
    values: [timestampText(until), limit],
  })
  return result.rows
}

/** Locks these plans, in key order, and answers those that exist. */
export async function lockPlans(client: Client, keys: readonly PlanKey[]): Promise<PlanKey[]> {
  const result = await client.query<PlanKey>({
    name: 'lock_plans',
    text: `select p.merchant_id as "merchantId", p.payment_id as "paymentId"
      from unnest($1::int[], $2::text[]) as k (merchant_id, payment_id)
      join instalment_plan p on p.merchant_id = k.merchant_id and p.payment_id = k.payment_id
      order by p.merchant_id, p.payment_id for update of p`,
    values: [keys.map((key) => key.merchantId), keys.map((key) => key.paymentId)],
  })
  return result.rows
}

export async function readPlans(client: Client, keys: readonly PlanKey[]): Promise<PlanRow[]> {
  const result = await client.query<PlanRow>({
    name: 'read_plans',
    text: `select ${columns} from unnest($1::int[], $2::text[]) as k (merchant_id, payment_id)
      cross join lateral (select * from instalment_plan i where i.merchant_id = k.merchant_id and i.payment_id = k.payment_id offset 0) p
      ${joined}`,
    values: [keys.map((key) => key.merchantId), keys.map((key) => key.paymentId)],
  })
  return result.rows
}

export type StoredStep = PlanStep & { readonly paymentId: PaymentId; readonly code: string | null }

/** The calls made for these plans, oldest first, by payment. */
export async function readSteps(
  client: Client,
  keys: readonly PlanKey[],
): Promise<ReadonlyMap<PaymentId, StoredStep[]>> {
  const result = await client.query<StoredStep>({
    name: 'read_plan_steps',
    text: `select a.payment_id as "paymentId", a.attempt_id as id, a.purpose, a.instalment::int as instalment, a.amount, a.late_fee as "lateFee", a.state,
        a.failure, a.code, a.card_id as "cardId", a.acquirer, a.rail_reference as "railReference", a.of_attempt as of,
        a.started_at as "startedAt"
      from unnest($1::int[], $2::text[]) as k (merchant_id, payment_id)
      join attempt a on a.merchant_id = k.merchant_id and a.payment_id = k.payment_id and a.instalment is not null
      order by a.started_at, a.attempt_id`,
    values: [keys.map((key) => key.merchantId), keys.map((key) => key.paymentId)],
  })
  const steps = new Map<PaymentId, StoredStep[]>(keys.map(({ paymentId }) => [paymentId, []]))
  for (const row of result.rows) steps.get(row.paymentId)?.push(row)
  return steps
}
