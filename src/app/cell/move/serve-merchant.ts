import type pg from 'pg'
import { type ChainPlace, rewindChains } from '../../../db/cell/move/chain-places.ts'
import { transact } from '../../../db/cell/move/move-session.ts'
import { beginMoving, endMoving } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { patiently } from './patiently.ts'

export type Serving = {
  readonly merchantId: MerchantId
  /** where each chain stood when the merchant was closed: from then on nobody read it for this one */
  readonly chains: readonly ChainPlace[]
  /** who goes on to copy it; undefined: it just lives in this cell */
  readonly mover?: string | undefined
}

/** The cell serves the merchant from here on, and reads its chains again as far as they were read without it. */
export async function serveMerchant(cell: pg.Client, { merchantId, chains, mover }: Serving): Promise<void> {
  await patiently(() =>
    transact(cell, async () => {
      await rewindChains(cell, chains)
      if (mover === undefined) await endMoving(cell, merchantId)
      else await beginMoving(cell, merchantId, { state: 'leaving', mover })
    }),
  )
}
