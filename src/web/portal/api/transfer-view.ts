import { type Static, Type } from 'typebox'
import type { ShownTransfer } from '../../../app/chain/shown-transfers.ts'
import { isoOf } from '../../../kernel/instant.ts'
import { orNull } from './shapes.ts'

/** Money that arrived on a chain: in an order, and in the inbox. */
export const transferSchema = Type.Object({
  chainId: Type.Integer(),
  chain: Type.String(),
  transaction: Type.String(),
  logIndex: Type.Integer(),
  explorerUrl: orNull,
  symbol: Type.String(),
  amount: Type.String({ description: 'A decimal text of the token.' }),
  from: Type.String(),
  to: Type.String(),
  state: Type.Enum(['seen', 'final', 'undone']),
  at: Type.String(),
  confirmations: Type.Union([Type.Integer(), Type.Null()]),
})

/** A transfer as both pages print it. */
export function transferOf(transfer: ShownTransfer): Static<typeof transferSchema> {
  const { chainId, chain, transaction, logIndex, explorerUrl, symbol, amount, from, to, state, confirmations } =
    transfer
  return {
    ...{ chainId, chain, transaction, logIndex, explorerUrl, symbol, amount, from, to, state, confirmations },
    at: isoOf(transfer.at),
  }
}
