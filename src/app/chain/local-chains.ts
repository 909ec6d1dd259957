import type { QuotedAmount } from '../../db/chain/amounts.ts'
import type { ChainId, Hash } from '../../domain/chain/address.ts'
import { dueUnits } from '../../domain/chain/open-amount.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { TokenAmount } from '../../kernel/token-amount.ts'
import type { SandboxChain } from '../../rails/sandbox-chain.ts'
import type { StoredPayment } from '../app.ts'
import type { AskRefusal } from './ask-amount.ts'
import type { ChainPayments } from './chain-payments.ts'

/** A chain of the sandbox's own, as its users need it. */
export type LocalChainView = Pick<SandboxChain, 'chainId' | 'url' | 'tokens' | 'account' | 'genesis'>

export type LocalPayRefusal =
  | AskRefusal
  | { readonly reason: 'unknown_payment' }
  /** no such chain runs here, or none does */
  | { readonly reason: 'unknown_chain' }
  | { readonly reason: 'unknown_token' }
  /** the chain itself refused to send it: more than the account has */
  | { readonly reason: 'not_sent'; readonly message: string }

export type LocalPayWish = {
  readonly chainId: ChainId
  /** symbol; absent: the chain's own coin */
  readonly token?: string | undefined
  /** absent: exactly what is due */
  readonly units?: TokenAmount | undefined
}

/** The sandbox's chains, and its shopper's wallet without a browser. */
export type LocalChains = {
  /** empty while they start, and where none runs beside this server */
  readonly list: () => readonly LocalChainView[]
  readonly pay: (
    merchantId: MerchantId,
    paymentId: PaymentId,
    wish: LocalPayWish,
  ) => Promise<Result<{ readonly chainId: ChainId; readonly transaction: Hash }, LocalPayRefusal>>
}

export function createLocalChains(parts: {
  readonly running: () => readonly SandboxChain[]
  readonly payments: ChainPayments
  readonly findPayment: (merchantId: MerchantId, id: PaymentId) => Promise<StoredPayment | undefined>
  readonly clock: Clock
}): LocalChains {
  return {
    list: parts.running,
    pay: async (merchantId, paymentId, { chainId, token: symbol, units }) => {
      const chain = parts.running().find((each) => each.chainId === chainId)
      if (!chain) return refuse({ reason: 'unknown_chain' })
      const token = symbol === undefined ? chain.tokens[0] : chain.tokens.find((each) => each.symbol === symbol)
      if (!token) return refuse({ reason: 'unknown_token' })
      const stored = await parts.findPayment(merchantId, paymentId)
      if (!stored) return refuse({ reason: 'unknown_payment' })
      const asked = await parts.payments.ask(stored.payment, { chainId, token: token.address })
      if (!asked.ok) return asked
      const wanted = units ?? dueUnits(asked.value)
      if (wanted === 0n) return refuse({ reason: 'not_open' })
      await chain.setTime(parts.clock.now())
      const sent = await send(chain, asked.value, wanted)
      if (!sent.ok) return sent
      const { transaction } = sent.value
      // As the page of a payment does: any other amount than the exact one would be nobody's.
      await parts.payments.tell({ merchantId, paymentId, chainId, transaction, payer: chain.account })
      return sent
    },
  }
}

async function send(
  chain: SandboxChain,
  { token, recipient, chainId }: QuotedAmount,
  units: TokenAmount,
): Promise<Result<{ readonly chainId: ChainId; readonly transaction: Hash }, LocalPayRefusal>> {
  try {
    return ok({ chainId, transaction: await chain.pay({ token, recipient, units }) })
  } catch (error) {
    // A refusal by the chain: whoever pays has not got as much.
    return refuse({ reason: 'not_sent', message: error instanceof Error ? error.message : String(error) })
  }
}
