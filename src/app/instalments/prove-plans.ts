import { findPlanlessTransfers, readPlanBooks } from '../../db/instalments/plan-books.ts'
import type { PlanKey } from '../../db/instalments/plan-rows.ts'
import { provePlan } from '../../domain/instalments/prove-plan.ts'
import type { ProveSources } from '../payment/prove-payments.ts'

const pageSize = 5_000

export const provePlans: ProveSources = async ({ client, merchantId, found, progress }) => {
  let count = 0
  let after: PlanKey | undefined
  for (;;) {
    const page = await readPlanBooks(client, merchantId, after, pageSize)
    for (const { books, sums } of page) for (const each of provePlan(books, sums)) found(each)
    count += page.length
    progress(count)
    after = page.at(-1)?.books
    if (!after || page.length < pageSize) break
  }
  for (const orphan of await findPlanlessTransfers(client, merchantId))
    found({ ...orphan, name: 'transfers_without_source' })
  return count
}
