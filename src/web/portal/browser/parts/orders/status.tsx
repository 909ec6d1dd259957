import { Badge } from '@mantine/core'
import type { PortalPaths } from '../../../api/routes.ts'
import { useWords } from '../../words/index.ts'

type ListAnswer = PortalPaths['/merchants/{merchant}/orders']['get']['responses'][200]['content']['application/json']

/** Everything about one order. */
export type Order =
  PortalPaths['/merchants/{merchant}/orders/{token}']['get']['responses'][200]['content']['application/json']

export type OrderRow = ListAnswer['orders'][number]

const colors: Readonly<Record<OrderRow['status'], string>> = {
  open: 'gray',
  processing: 'blue',
  authorized: 'blue',
  paid: 'sea',
  partially_refunded: 'yellow',
  refunded: 'yellow',
  cancelled: 'gray',
  expired: 'gray',
  refunded_not_charged: 'red',
  failed: 'red',
}

export function StatusBadge({ status }: { status: OrderRow['status'] }) {
  return (
    <Badge color={colors[status]} variant="light" tt="none" miw="max-content" c="var(--mantine-color-text)">
      {useWords().status[status]}
    </Badge>
  )
}
