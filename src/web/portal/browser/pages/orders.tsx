import { Alert, Button, Group, SegmentedControl, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answerOf, api } from '../client.ts'
import { useFormat } from '../format.ts'
import { Loaded } from '../parts/refusal.tsx'
import { type OrderRow, StatusBadge } from '../parts/status.tsx'
import { useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

const filters = {
  shown: undefined,
  hidden: 'expired,refunded_not_charged,failed',
  all: 'open,processing,authorized,paid,partially_refunded,refunded,cancelled,expired,refunded_not_charged,failed',
} as const

export function OrdersPage() {
  const words = useWords()
  const [typed, setTyped] = useState('')
  const [wanted, setWanted] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setWanted(typed.trim())
  }
  const clear = () => {
    setTyped('')
    setWanted('')
  }
  return (
    <Stack>
      <Title order={1}>{words.orders.title}</Title>
      <form onSubmit={submit}>
        <Group align="end" gap="xs">
          <TextInput
            type="search"
            label={words.orders.search}
            value={typed}
            maxLength={254}
            onChange={(event) => setTyped(event.currentTarget.value)}
            miw="16rem"
            flex={1}
          />
          <Button type="submit">{words.orders.searchButton}</Button>
          {wanted && (
            <Button variant="default" onClick={clear}>
              {words.orders.clear}
            </Button>
          )}
        </Group>
      </form>
      {wanted ? <Found text={wanted} /> : <List />}
    </Stack>
  )
}

function Found({ text }: { text: string }) {
  const words = useWords()
  const { id } = useShop()
  const found = useQuery({
    queryKey: ['orders', id, 'search', text],
    queryFn: () =>
      answerOf(
        api.GET('/merchants/{merchant}/orders/search', { params: { path: { merchant: String(id) }, query: { text } } }),
      ),
  })
  return (
    <Loaded of={found}>
      {({ orders }) => (orders.length === 0 ? <Text>{words.orders.emptySearch}</Text> : <Rows orders={orders} />)}
    </Loaded>
  )
}

function List() {
  const words = useWords()
  const { id } = useShop()
  const [filter, setFilter] = useState<keyof typeof filters>('shown')
  const list = useInfiniteQuery({
    queryKey: ['orders', id, filter],
    queryFn: ({ pageParam }) => {
      const query = { ...(filters[filter] && { status: filters[filter] }), ...(pageParam && { after: pageParam }) }
      return answerOf(api.GET('/merchants/{merchant}/orders', { params: { path: { merchant: String(id) }, query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    // New orders appear by themselves, but not while somebody reads on below.
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : 5_000),
  })
  const orders = list.data?.pages.flatMap((page) => page.orders) ?? []
  return (
    <Stack>
      <SegmentedControl
        aria-label={words.orders.title}
        fullWidth
        value={filter}
        onChange={(value) => setFilter(value as keyof typeof filters)}
        data={(['shown', 'hidden', 'all'] as const).map((value) => ({ value, label: words.orders[value] }))}
      />
      {filter === 'hidden' && <Causes />}
      <Loaded of={list}>
        {() =>
          orders.length === 0 && !list.hasNextPage ? <Text>{words.orders.empty}</Text> : <Rows orders={orders} />
        }
      </Loaded>
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {words.orders.more}
        </Button>
      )}
    </Stack>
  )
}

/** Why an order is not worth money, and what the shop can check. */
function Causes() {
  const words = useWords()
  return (
    <Alert color="gray" variant="light" role="note">
      <Stack gap="xs">
        {(['expired', 'refunded_not_charged', 'failed'] as const).map((status) => (
          <Text key={status} size="sm" c="var(--mantine-color-text)">
            <strong>{words.status[status]}.</strong> {words.cause[status]}
          </Text>
        ))}
      </Stack>
    </Alert>
  )
}

function Rows({ orders }: { orders: readonly OrderRow[] }) {
  const words = useWords()
  const format = useFormat()
  const { columns } = words.orders
  return (
    <Table.ScrollContainer minWidth={0} type="native" tabIndex={0} role="region" aria-label={words.orders.title}>
      <Table className="rows panel" verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{columns.order}</Table.Th>
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
              <Table.Td className="amount" ta="right">
                {format.money(order.total)}
              </Table.Td>
              <Table.Td>
                <Text size="sm">{format.time(order.createdAt)}</Text>
              </Table.Td>
              <Table.Td>
                <StatusBadge status={order.status} />
              </Table.Td>
              <Table.Td>
                <Text size="sm" c="dimmed">
                  {order.card ?? order.product}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
