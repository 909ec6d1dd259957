import { useNavigate, useSearch } from '@tanstack/react-router'
import { hiddenStatuses, orderStatuses } from '../api/orders/order-status.ts'

/** The list's filter in the words of the server. It stands in the page's address, so that it can be kept and sent to a colleague. */
export type OrderFilter = {
  readonly status?: string
  readonly api?: string
  readonly from?: string
  readonly to?: string
}

export const groups = {
  shown: undefined,
  hidden: hiddenStatuses.join(','),
  all: orderStatuses.join(','),
}

export type GroupName = keyof typeof groups

/** The filter and the words that are searched for, as the page's address says them. */
export function useOrderSearch() {
  const search = useSearch({ strict: false }) as OrderFilter & { text?: string }
  const navigate = useNavigate()
  const { text, status, api, from, to } = search
  const filter: OrderFilter = {
    ...(status && { status }),
    ...(api && { api }),
    ...(from && { from }),
    ...(to && { to }),
  }
  const go = (next: OrderFilter & { text?: string }) => void navigate({ to: '/orders', search: next as never })
  return { filter, text: text === undefined ? '' : String(text), go }
}
