import { attachTransfer } from '../../db/chain/inbox.ts'
import type { StoredTransfer, TransferOwner } from '../../db/chain/stored-transfer.ts'
import {
  findKnown,
  keepTransfers,
  type NewChainTransfer,
  type Settlement,
  settleTransfers,
} from '../../db/chain/transfers.ts'
import type { Statement } from '../../db/wire/statement.ts'
import { type TransferKey, transferKey } from '../../domain/chain/chain.ts'
import type { Rejection } from '../../domain/payment/rejection.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Attachment } from '../attachment.ts'
import type { Command } from '../command.ts'
import type { Carrier, Change, Companion, CompanionPart } from '../companion.ts'

const name = 'chain_credits'

/** The transfer that a `receive` is about: one that was seen on a chain, or was seen before and stands in an inbox, or has come to its end. */
type Step =
  | {
      readonly step: 'seen'
      readonly credit: Omit<NewChainTransfer, 'at' | 'reason'> & { readonly owner: TransferOwner }
    }
  | { readonly step: 'attached'; readonly key: TransferKey; readonly owner: TransferOwner }
  | { readonly step: 'final' | 'undone'; readonly key: TransferKey }

export type ChainCreditAttachment = Attachment & { readonly about: Step }

export function chainCreditAttachment(about: Step): ChainCreditAttachment {
  return { companion: name, weight: 400, about }
}

/**
 * The rows of transfers on chains: each counts once, whatever it is told how often. They are read after their payment is locked, so that a step
 * that was taken before is refused as `nothing_due`.
 */
export const chainCredits: Companion = {
  name,
  concerns: (command) => attachmentOf(command) !== undefined,
  load: async (carriers, send) => {
    const keys = carriers.map((carrier) => ({ merchantId: carrier.command.merchant.id, transfer: keyOf(carrier) }))
    return new Credits(await send((sender) => findKnown(sender, keys)))
  },
}

function attachmentOf(command: Command): ChainCreditAttachment | undefined {
  return command.attachments?.find((each): each is ChainCreditAttachment => each.companion === name)
}

function stepOf({ command }: Carrier): Step {
  const { about } = attachmentOf(command) as ChainCreditAttachment
  return about
}

function keyOf(carrier: Carrier): TransferKey {
  const about = stepOf(carrier)
  return about.step === 'seen' ? about.credit.transfer : about.key
}

type Place = 'unknown' | 'inbox' | StoredTransfer['state']

class Credits implements CompanionPart {
  readonly #places: Map<string, Place>
  readonly #kept: NewChainTransfer[] = []
  readonly #settled: Settlement[] = []
  readonly #attached: { merchantId: MerchantId; key: TransferKey; owner: TransferOwner }[] = []

  constructor(known: ReadonlyMap<string, StoredTransfer>) {
    this.#places = new Map([...known].map(([key, stored]) => [key, placeOf(stored)]))
  }

  refuse(carrier: Carrier): Rejection | undefined {
    const place = this.#places.get(transferKey(keyOf(carrier))) ?? 'unknown'
    return mayFollow(stepOf(carrier).step, place) ? undefined : { reason: 'nothing_due' }
  }

  keep(carrier: Carrier, { now }: Change): void {
    const about = stepOf(carrier)
    const merchantId = carrier.command.merchant.id
    const key = keyOf(carrier)
    this.#places.set(transferKey(key), about.step === 'attached' ? 'seen' : about.step)
    if (about.step === 'seen') this.#kept.push({ ...about.credit, reason: null, at: now })
    else if (about.step === 'attached') this.#attached.push({ merchantId, key, owner: about.owner })
    else this.#settled.push({ merchantId, key, state: about.step, at: now })
  }

  /** Those that were seen in this batch come before their end in it. */
  statements(): Statement[] {
    return [
      ...(this.#kept.length > 0 ? [keepTransfers(this.#kept)] : []),
      ...this.#attached.map(({ merchantId, key, owner }) => attachTransfer(merchantId, key, owner)),
      ...(this.#settled.length > 0 ? [settleTransfers(this.#settled)] : []),
    ]
  }
}

function placeOf({ state, owner }: StoredTransfer): Place {
  return owner === null && state !== 'undone' ? 'inbox' : state
}

function mayFollow(step: Step['step'], place: Place): boolean {
  if (step === 'seen') return place === 'unknown' || place === 'undone'
  return place === (step === 'attached' ? 'inbox' : 'seen')
}
