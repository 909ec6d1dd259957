import type pg from 'pg'
import type { TransferOwner } from '../../db/chain/stored-transfer.ts'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { type ChainTransfer, transferKey } from '../../domain/chain/chain.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Receipt } from '../../domain/payment/action.ts'
import type { Engine, Reply } from '../../engine/command.ts'
import { type ChainCreditAttachment, chainCreditAttachment } from '../../engine/companions/chain-credits.ts'
import { type MerchantId, newCommandId } from '../../kernel/ids.ts'
import type { CreditBook } from './credit-book.ts'

export type EngineBookParts = { readonly engine: Engine; readonly pool: pg.Pool }

/** Payments learn of their transfers by `receive`, whose companion keeps the transfers' rows. */
export function createEngineBook({ engine, pool }: EngineBookParts): CreditBook {
  const parts = { engine, termsOf: rememberedTerms(pool) }
  return {
    see: ({ transfer, amount, owner, asset }) => {
      const credit = { merchantId: amount.merchantId, transfer, owner }
      const tolerance = toleranceOf(amount.minor, amount.tolerancePpm)
      return receive(
        parts,
        { ...credit, step: 'seen', tolerance, asset },
        chainCreditAttachment({ step: 'seen', credit }),
      )
    },
    attach: ({ transfer, amount, owner }) => {
      const tolerance = toleranceOf(amount.minor, amount.tolerancePpm)
      const { merchantId } = amount
      const attachment = chainCreditAttachment({ step: 'attached', key: transfer, owner })
      return receive(parts, { merchantId, transfer, owner, step: 'seen', tolerance, asset: transfer.token }, attachment)
    },
    settle: ({ merchantId, transfer, owner, asked }, step, asset) => {
      const tolerance = toleranceOf(asked.minor, asked.tolerancePpm)
      const attachment = chainCreditAttachment({ step, key: transfer })
      return receive(parts, { merchantId, transfer, owner, step, tolerance, asset }, attachment)
    },
  }
}

type Received = {
  readonly merchantId: MerchantId
  readonly transfer: ChainTransfer
  readonly owner: TransferOwner
  readonly step: Receipt['step']
  readonly tolerance: bigint
  readonly asset: string
}

async function receive(
  { engine, termsOf }: { readonly engine: Engine; readonly termsOf: ReturnType<typeof rememberedTerms> },
  { merchantId, transfer, owner, step, tolerance, asset }: Received,
  attachment: ChainCreditAttachment,
): Promise<'taken' | 'known' | 'refused'> {
  const merchant = await termsOf(merchantId)
  if (!merchant) throw new Error(`a wallet of an unknown merchant ${merchantId}`)
  const { chainId, to } = transfer
  const wallet = { kind: 'wallet', network: String(chainId), address: to, asset } as const
  const action = {
    kind: 'receive',
    step,
    credit: transferKey(transfer),
    amount: owner.minor,
    tolerance,
    wallet,
  } as const
  const { paymentId } = owner
  return answerOf(await engine.execute({ id: newCommandId(), merchant, paymentId, action, attachments: [attachment] }))
}

function answerOf(reply: Reply<'receive'>): 'taken' | 'known' | 'refused' {
  if (reply.kind !== 'rejected') return 'taken'
  return reply.rejection.reason === 'nothing_due' ? 'known' : 'refused'
}

/** Rounded up: what may be missing in units may be a minor unit more in money. */
function toleranceOf(minor: bigint, ppm: number): bigint {
  return (minor * BigInt(ppm) + 999_999n) / 1_000_000n
}

/** An old payment has its own rates: of its merchant's terms only what never changes is read here, so that they are looked up rarely. */
function rememberedTerms(pool: pg.Pool): (id: MerchantId) => Promise<MerchantTerms | undefined> {
  const known = new Map<MerchantId, { readonly terms: Promise<MerchantTerms | undefined>; readonly until: number }>()
  return (id) => {
    const remembered = known.get(id)
    if (remembered && remembered.until > performance.now()) return remembered.terms
    const terms = findMerchant(pool, id)
    // A failure is told to whoever asked, and not remembered.
    terms.catch(() => known.delete(id))
    known.set(id, { terms, until: performance.now() + rememberMs })
    return terms
  }
}

const rememberMs = 10_000
