import { collectedPlan } from '../../../domain/instalments/collected.ts'
import { paidStepOf } from '../../../domain/instalments/next-step.ts'
import { unreachable } from '../../../kernel/assert.ts'
import type { PlanWish } from '../plan-occurrence.ts'
import { cardsOf } from '../plan-state.ts'
import { giveUpWait, goOnWithShopper } from './answered-step.ts'
import { waiveFees } from './change-late-fees.ts'
import type { PlanDraft } from './plan-draft.ts'
import { writeOff } from './write-off.ts'

/** Does what a shopper or the staff asked of the plan, or nothing where its state does not allow it any more. */
export function grantWish(draft: PlanDraft, wish: PlanWish): void {
  switch (wish.kind) {
    case 'replace_card':
      draft.card = wish.card
      draft.cards = cardsOf({ ...draft.row, card: wish.card })
      draft.note('card_replaced', 0n, 0, [])
      break
    case 'write_off':
      writeOff(draft)
      break
    case 'return':
      goOnWithShopper(draft)
      break
    case 'waive_late_fees':
      if (draft.isBusy || draft.writtenOffAt !== null) return
      waiveFees(draft, ({ instalment }) => wish.instalment === undefined || wish.instalment === instalment)
      break
    case 'pay':
      pay(draft, wish)
      break
    default:
      unreachable(wish)
  }
}

function pay(draft: PlanDraft, wish: Extract<PlanWish, { kind: 'pay' }>): void {
  if (wish.isShopperPresent) giveUpWait(draft)
  const plan = collectedPlan(draft.facts)
  const card = wish.cardId === undefined ? draft.cards[0] : draft.cards.find(({ id }) => id === wish.cardId)
  if (draft.isBusy || !card || !plan.instalments.some(({ number }) => number === wish.instalment)) return
  const step = paidStepOf(plan, wish.instalment)
  // What the shopper was shown is what is charged.
  if (step.amount === 0n || step.amount !== (wish.amount ?? step.amount)) return
  draft.start({ kind: 'charge', ...step, cardId: card.id }, wish)
}
