import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { MerchantTerms } from '../../../src/domain/merchant/terms.ts'
import { Unavailable } from '../../../src/engine/command.ts'
import type { RunningEngine } from '../../../src/engine/engine.ts'
import { run } from '../payments/engine.ts'
import { aNewPayment } from '../payments/factories.ts'

export type Buyers = {
  /** Ends them, and answers each key with the id of the order that was acknowledged for it. */
  readonly stop: () => Promise<ReadonlyMap<string, string>>
}

/**
 * Buyers who make one order after the other, each by a key of its own that they repeat where the merchant lives until it is acknowledged. Throws what is neither
 * an answer nor `Unavailable`.
 */
export function startBuyers(
  count: number,
  { merchant, engineOf }: { readonly merchant: MerchantTerms; readonly engineOf: () => Promise<RunningEngine> },
): Buyers {
  const acknowledged = new Map<string, string>()
  let isOver = false
  const order = async (key: string): Promise<string> => {
    const bodyHash = createHash('sha256').update(key).digest()
    const idempotency = {
      operation: 'test',
      key,
      bodyHash,
      render: ({ payment }: { payment: { id: string } }) => payment.id,
    }
    for (;;) {
      try {
        const action = { kind: 'create', ...aNewPayment() } as const
        const reply = await run(await engineOf(), merchant, null, action, { idempotency })
        if (reply.kind === 'rejected') throw new Error(JSON.stringify(reply))
        return reply.kind === 'replayed' ? reply.response : reply.payment.id
      } catch (error) {
        // Whether it was done is not known: it is asked until it is.
        if (!(error instanceof Unavailable)) throw error
        await pause(20)
      }
    }
  }
  const buy = async (buyer: number) => {
    for (let number = 0; !isOver; number++) {
      const key = `buyer ${buyer}, order ${number}`
      acknowledged.set(key, await order(key))
      await pause(20)
    }
  }
  const buyers = Array.from({ length: count }, (_, buyer) => buy(buyer))
  return {
    stop: async () => {
      isOver = true
      await Promise.all(buyers)
      return acknowledged
    },
  }
}
