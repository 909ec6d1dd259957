import type pg from 'pg'
import { countOpenAmounts } from '../../../db/chain/amounts.ts'
import { disableChain, listChains, lockChains } from '../../../db/chain/chains.ts'
import { keepIfOk } from '../../../db/wire/transaction.ts'
import type { ChainId } from '../../../domain/chain/address.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'

/**
 * Takes a chain out of use: nothing is paid on it and nothing watched any more; what was paid stays. Refused while payments may still be paid on it,
 * unless `isForced`.
 */
export async function removeChain(
  pool: pg.Pool,
  id: ChainId,
  { isForced }: { readonly isForced: boolean },
): Promise<Result<null, string>> {
  return await keepIfOk(pool, async (client) => {
    await lockChains(client)
    const chain = (await listChains(client)).find((each) => each.id === id)
    if (!chain) return refuse(`chain ${id} is not set up: tercet chains list`)
    if (chain.isLocal) return refuse(`chain ${id} runs inside this sandbox: leave it out of a merchant’s terms instead`)
    const open = isForced ? 0n : await countOpenAmounts(client, id)
    if (open > 0n)
      return refuse(
        `${open} payments may still be paid on chain ${id}, and nobody would see it: stop its wallets (tercet wallets stop) and wait, or --force`,
      )
    await disableChain(client, id)
    return ok(null)
  })
}
