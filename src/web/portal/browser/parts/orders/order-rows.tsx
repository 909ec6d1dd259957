import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../format.ts'
import { useWords } from '../../words/index.ts'
import { cardName, useProductName } from './paid-with.ts'
import { type OrderRow, StatusBadge } from './status.tsx'

/** The list itself; on a small screen each row becomes a card. */
export function OrderRows({ orders }: { orders: readonly OrderRow[] }) {
  const words = useWords()
  const format = useFormat()
  const productName = useProductName()
  const { columns } = words.orders
  return (
    <Table.ScrollContainer minWidth={0} type="native" tabIndex={0} role="region" aria-label={words.orders.title}>
      <Table className="rows panel" verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{columns.order}</Table.Th>
            <Table.Th scope="col">{columns.buyer}</Table.Th>
            <Table.Th scope="col" ta="right">
              {columns.total}
            </Table.Th>
            <Table.Th scope="col">{columns.created}</Table.Th>
            <Table.Th scope="col">{columns.status}</Table.Th>
            <Table.Th scope="col">{columns.method}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {orders.map((order) => (
            <Table.Tr key={order.token}>
              <Table.Td>
                <Link to="/orders/$token" params={{ token: order.token } as never}>
                  {order.token}
                </Link>
                {order.merchantReference && (
                  <Text size="xs" c="dimmed" className="wrap">
                    {order.merchantReference}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className="buyer">{order.buyer && <BuyerName {...order.buyer} />}</Table.Td>
              <Table.Td className="amount" ta="right">
                {format.money(order.total)}
              </Table.Td>
              <Table.Td className="whole">
                <Text size="sm">{format.time(order.createdAt)}</Text>
              </Table.Td>
              <Table.Td className="whole status">
                <StatusBadge status={order.status} />
              </Table.Td>
              <Table.Td className="whole method">
                <Text size="sm" c="dimmed">
                  {order.card === null ? productName(order.product) : cardName(order.card)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function BuyerName({ name, email }: { name: string; email: string }) {
  return (
    <>
      <Text size="sm" className="wrap">
        {name || email}
      </Text>
      {name !== '' && email !== '' && (
        <Text size="xs" c="dimmed" className="wrap">
          {email}
        </Text>
      )}
    </>
  )
}
