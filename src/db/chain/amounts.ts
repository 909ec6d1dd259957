import type { Address, ChainId } from '../../domain/chain/address.ts'
import type { OpenAmount } from '../../domain/chain/open-amount.ts'
import type { Price } from '../../domain/chain/price.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type TokenAmount, tokenAmount } from '../../kernel/token-amount.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender } from '../wire/statement.ts'
import { addressOf, bytesOf } from './bytes.ts'

/** An amount as it was quoted. */
export type QuotedAmount = OpenAmount & {
  readonly price: Price
  readonly priceSources: readonly string[]
  readonly priceAt: Instant
  readonly closedAt: Instant | null
}

export type AmountRow = {
  merchant_id: MerchantId
  payment_id: PaymentId
  number: number
  chain_id: bigint
  token: Buffer
  recipient: Buffer
  units: string
  received: string
  currency: Currency
  minor: bigint
  confirmations: number | null
  tolerance_ppm: number
  created_at: Instant
  expires_at: Instant
  watched_until: Instant
}

export const amountColumns = `a.merchant_id, a.payment_id, a.number, a.chain_id, a.token, a.recipient, a.units, a.received,
  a.currency, a.minor, a.confirmations, a.tolerance_ppm, a.created_at, a.expires_at, a.watched_until`

export function amountFromRow(row: AmountRow): OpenAmount {
  return {
    merchantId: row.merchant_id,
    paymentId: row.payment_id,
    number: row.number,
    chainId: Number(row.chain_id) as ChainId,
    token: addressOf(row.token),
    recipient: addressOf(row.recipient),
    units: tokenAmount(BigInt(row.units)),
    received: tokenAmount(BigInt(row.received)),
    currency: row.currency,
    minor: row.minor,
    confirmations: row.confirmations,
    tolerancePpm: row.tolerance_ppm,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    watchedUntil: row.watched_until,
  }
}

/** Every amount that was quoted for a payment, oldest first. */
export async function listAmounts(
  sender: Sender,
  merchantId: MerchantId,
  paymentId: PaymentId,
): Promise<QuotedAmount[]> {
  type Row = AmountRow & { price: string; price_sources: string[]; price_at: Instant; closed_at: Instant | null }
  const { rows } = await sender.query<Row>({
    name: 'list_chain_amounts',
    text: `select ${amountColumns}, a.price, a.price_sources, a.price_at, a.closed_at from chain_amount a
      where a.merchant_id = $1 and a.payment_id = $2 order by a.number`,
    values: [merchantId, paymentId],
  })
  return rows.map((row) => ({
    ...amountFromRow(row),
    price: BigInt(row.price) as Price,
    priceSources: row.price_sources,
    priceAt: row.price_at,
    closedAt: row.closed_at,
  }))
}

export type AmountPlace = {
  readonly merchantId: MerchantId
  readonly chainId: ChainId
  readonly recipient: Address
  readonly token: Address
}

/** The amounts in a range that open payments ask of one wallet already, what part payments left due included. */
export async function findTakenAmounts(
  sender: Sender,
  { merchantId, chainId, recipient, token }: AmountPlace,
  range: { readonly from: TokenAmount; readonly to: TokenAmount },
): Promise<ReadonlySet<TokenAmount>> {
  const { rows } = await sender.query<{ units: string }>({
    name: 'find_taken_amounts',
    text: `select units from chain_amount
      where merchant_id = $1 and chain_id = $2 and recipient = $3 and token = $4 and closed_at is null
        and units between $5 and $6
      union
      select units - received from chain_amount
      where merchant_id = $1 and chain_id = $2 and recipient = $3 and token = $4 and closed_at is null and received > 0
        and units > received`,
    values: [merchantId, chainId, bytesOf(recipient), bytesOf(token), range.from.toString(), range.to.toString()],
  })
  return new Set(rows.map(({ units }) => tokenAmount(BigInt(units))))
}

export type NewAmount = Omit<QuotedAmount, 'number' | 'received' | 'closedAt'>

/**
 * Keeps an amount as the newest of its payment. False when another open payment asks for the same by now, or another of this payment came at the
 * same time, or a part payment has left just as much due: choose another.
 */
export async function insertAmount(sender: Sender, amount: NewAmount): Promise<number | undefined> {
  const { rows } = await sender.query<{ number: number }>({
    name: 'insert_chain_amount',
    text: `insert into chain_amount (merchant_id, payment_id, number, chain_id, token, recipient, units, currency, minor, price,
        price_sources, price_at, confirmations, tolerance_ppm, created_at, expires_at, watched_until)
      select $1, $2, coalesce(max(number), 0) + 1, $3, $4::bytea, $5::bytea, $6::numeric, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
      from chain_amount where merchant_id = $1 and payment_id = $2
      having not exists (select from chain_amount p
        where p.merchant_id = $1 and p.chain_id = $3 and p.recipient = $5 and p.token = $4 and p.closed_at is null
          and p.received > 0 and p.units - p.received = $6)
      on conflict do nothing returning number`,
    values: [
      amount.merchantId,
      amount.paymentId,
      amount.chainId,
      bytesOf(amount.token),
      bytesOf(amount.recipient),
      amount.units.toString(),
      amount.currency,
      amount.minor,
      amount.price.toString(),
      amount.priceSources,
      timestampText(amount.priceAt),
      amount.confirmations,
      amount.tolerancePpm,
      timestampText(amount.createdAt),
      timestampText(amount.expiresAt),
      timestampText(amount.watchedUntil),
    ],
  })
  return rows[0]?.number
}

/** Ends the watch of what was watched for long enough, a bounded number of them; returns how many. What is being confirmed goes on. */
export async function closeOldAmounts(sender: Sender, now: Instant, limit: number): Promise<number> {
  const { rowCount } = await sender.query({
    name: 'close_old_chain_amounts',
    text: `update chain_amount a set closed_at = $1::timestamptz
      from (select merchant_id, payment_id, number from chain_amount
        where closed_at is null and watched_until <= $1::timestamptz and ${isServedHere('merchant_id')} order by watched_until limit $2
        for update skip locked) as old
      where a.merchant_id = old.merchant_id and a.payment_id = old.payment_id and a.number = old.number`,
    values: [timestampText(now), limit],
  })
  return rowCount ?? 0
}

/** When the watch of the next amount ends or ended; null when none is watched. */
export async function nextAmountEnd(sender: Sender): Promise<Instant | null> {
  const { rows } = await sender.query<{ due: Instant | null }>({
    name: 'next_chain_amount_end',
    text: `select min(watched_until) as due from chain_amount where closed_at is null and ${isServedHere('merchant_id')}`,
  })
  return rows[0]?.due ?? null
}

/** When the oldest amount of a chain that is still watched was asked for; null when none is. Reads all that are open: for a chain's first look. */
export async function firstAmountAskedAt(sender: Sender, chainId: ChainId): Promise<Instant | null> {
  const { rows } = await sender.query<{ asked: Instant | null }>(
    `select min(created_at) as asked from chain_amount where closed_at is null and chain_id = $1
      and ${isServedHere('merchant_id')}`,
    [chainId],
  )
  return rows[0]?.asked ?? null
}

/** How many payments may still be paid on a chain. Reads every open amount: for an operator, not for a page. */
export async function countOpenAmounts(sender: Sender, chainId: ChainId): Promise<bigint> {
  const { rows } = await sender.query<{ count: bigint }>(
    `select count(distinct (merchant_id, payment_id)) as count from chain_amount
     where chain_id = $1 and closed_at is null and watched_until > now()`,
    [chainId],
  )
  return rows[0]?.count ?? 0n
}
