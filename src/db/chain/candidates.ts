import type { Address, Hash } from '../../domain/chain/address.ts'
import type { ChainTransfer } from '../../domain/chain/chain.ts'
import type { Candidate } from '../../domain/chain/match-transfer.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Sender } from '../wire/statement.ts'
import { type AmountRow, amountColumns, amountFromRow } from './amounts.ts'
import { addressOf, bytesOf } from './bytes.ts'

/** A transfer with the merchant whose wallet it reached. */
export type OwnedTransfer = { readonly merchantId: MerchantId; readonly transfer: ChainTransfer }

type CandidateRow = AmountRow & {
  hints: { transaction: string | null; payer: string | null }[]
  payers: Buffer[]
}

/**
 * The open amounts that some transfers could be for: those that ask for exactly as much, those that were paid a part, and those that a page named
 * the transaction or the account for, or that the account has paid of before. Each comes once, with what was told of it; which transfer it
 * fits is for the domain to say. Every part is a look into an index with a bound: where an account has paid more, it decides nothing.
 */
export async function findCandidates(sender: Sender, transfers: readonly OwnedTransfer[]): Promise<Candidate[]> {
  const { rows } = await sender.query<CandidateRow>({
    name: 'find_chain_candidates',
    text: `with k as materialized (
        select * from unnest($1::int[], $2::bigint[], $3::bytea[], $4::bytea[], $5::numeric[], $6::bytea[], $7::bytea[])
          as k (merchant_id, chain_id, recipient, token, units, transaction, sender)
      ), named as materialized (
        select k.merchant_id, f.payment_id from k cross join lateral (
          select h.payment_id from chain_hint h
          where h.merchant_id = k.merchant_id and h.transaction = k.transaction and h.chain_id = k.chain_id limit 20) f
        union
        select k.merchant_id, f.payment_id from (select distinct merchant_id, chain_id, sender from k) k cross join lateral (
          select h.payment_id from chain_hint h
          where h.merchant_id = k.merchant_id and h.payer = k.sender and h.chain_id = k.chain_id limit 20) f
        union
        select k.merchant_id, f.payment_id from (select distinct merchant_id, sender from k) k cross join lateral (
          select t.payment_id from chain_transfer t
          where t.merchant_id = k.merchant_id and t.sender = k.sender and t.payment_id is not null limit 20) f
      ), found as (
        select k.merchant_id, f.payment_id, f.number from k cross join lateral (
          select a.payment_id, a.number from chain_amount a
          where a.merchant_id = k.merchant_id and a.chain_id = k.chain_id and a.recipient = k.recipient and a.token = k.token
            and a.units = k.units and a.closed_at is null limit 1) f
        union
        select w.merchant_id, f.payment_id, f.number
        from (select distinct merchant_id, chain_id, recipient, token from k) w cross join lateral (
          select a.payment_id, a.number from chain_amount a
          where a.merchant_id = w.merchant_id and a.chain_id = w.chain_id and a.recipient = w.recipient and a.token = w.token
            and a.closed_at is null and a.received > 0 and a.received < a.units limit 1000) f
        union
        select n.merchant_id, f.payment_id, f.number from named n cross join lateral (
          select a.payment_id, a.number from chain_amount a
          where a.merchant_id = n.merchant_id and a.payment_id = n.payment_id and a.closed_at is null limit 100) f
      )
      select ${amountColumns},
        (select coalesce(jsonb_agg(jsonb_build_object('transaction', encode(h.transaction, 'hex'),
            'payer', encode(h.payer, 'hex'))), '[]')
          from chain_hint h
          where h.merchant_id = a.merchant_id and h.payment_id = a.payment_id and h.chain_id = a.chain_id) as hints,
        array(select distinct t.sender::bytea from chain_transfer t
          where t.merchant_id = a.merchant_id and t.payment_id = a.payment_id and t.number = a.number
            and t.state <> 'undone') as payers
      from found f join chain_amount a on a.merchant_id = f.merchant_id and a.payment_id = f.payment_id and a.number = f.number`,
    values: [
      transfers.map(({ merchantId }) => merchantId),
      transfers.map(({ transfer }) => transfer.chainId),
      transfers.map(({ transfer }) => bytesOf(transfer.to)),
      transfers.map(({ transfer }) => bytesOf(transfer.token)),
      transfers.map(({ transfer }) => transfer.units.toString()),
      transfers.map(({ transfer }) => bytesOf(transfer.transaction)),
      transfers.map(({ transfer }) => bytesOf(transfer.from)),
    ],
  })
  return rows.map((row) => ({
    ...amountFromRow(row),
    hints: row.hints.map(({ transaction, payer }) => ({
      transaction: transaction === null ? null : (`0x${transaction}` as Hash),
      payer: payer === null ? null : (`0x${payer}` as Address),
    })),
    payers: row.payers.map(addressOf),
  }))
}
