import type { ShownInstalment, ShownPlan } from '../../app/instalments/read-plan.ts'
import type { InstalmentStatus } from '../../domain/instalments/collected.ts'
import { money } from '../../kernel/money.ts'
import { timeline } from '../shared/components/timeline.ts'
import { formatDate, formatMoney } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import type { Setting } from '../shared/setting.ts'
import { accountWords } from './words/index.ts'

/** What of a purchase is paid when, and where each payment stands. */
export function instalmentList({ language, locale }: Setting, plan: ShownPlan): Html {
  const { statuses, lateFee } = accountWords[language]
  const amountOf = (minor: bigint): string => formatMoney(money(plan.currency, minor), locale)
  return timeline(
    plan.instalments.map((each) => {
      const status = shownStatus(each, plan)
      return {
        when: html`<time datetime="${each.dueAt}">${formatDate(each.dueAt, locale)}</time>`,
        amount: amountOf(each.amount),
        kind: kinds[status],
        mark: html`<span class="${badges[status]}">${statuses[status]}</span>${each.lateFee > 0n && html` <span class="small">+ ${lateFee(amountOf(each.lateFee))}</span>`}`,
      }
    }),
  )
}

/** To its shopper a payment is overdue from the first charge that failed, although it is tried again for a week before anybody else calls it so. */
function shownStatus({ number, status, unpaid }: ShownInstalment, { steps }: ShownPlan): InstalmentStatus {
  const hasFailed = steps.some((step) => step.instalment === number && step.state === 'declined')
  return status === 'scheduled' && unpaid > 0n && hasFailed ? 'overdue' : status
}

const kinds: Readonly<Record<InstalmentStatus, 'now' | 'off' | undefined>> = {
  ...{ scheduled: undefined, paid: undefined, overdue: 'now', cancelled: 'off' },
}

const badges: Readonly<Record<InstalmentStatus, string>> = {
  scheduled: 'badge badge-quiet',
  paid: 'badge',
  overdue: 'badge badge-warn',
  cancelled: 'badge badge-quiet',
}
