import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answerOf, api } from '../client.ts'
import { groups, type OrderFilter, useOrderSearch } from '../order-search.ts'
import { More } from '../parts/more.tsx'
import { Causes } from '../parts/orders/causes.tsx'
import { FilterBar } from '../parts/orders/order-filter.tsx'
import { OrderRows } from '../parts/orders/order-rows.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded } from '../parts/refusal.tsx'
import { useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

export function OrdersPage() {
  const words = useWords()
  const { filter, text, go } = useOrderSearch()
  const [typed, setTyped] = useState(text)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = typed.trim()
    go(wanted === '' ? filter : { text: wanted })
  }
  const clear = () => {
    setTyped('')
    go({})
  }
  return (
    <Stack>
      <PageTitle>{words.orders.title}</PageTitle>
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
          {text && (
            <Button variant="default" onClick={clear}>
              {words.orders.clear}
            </Button>
          )}
        </Group>
      </form>
      {text ? <Found text={text} /> : <List filter={filter} />}
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
      {({ orders }) => (orders.length === 0 ? <Text>{words.orders.emptySearch}</Text> : <OrderRows orders={orders} />)}
    </Loaded>
  )
}

function List({ filter }: { filter: OrderFilter }) {
  const words = useWords()
  const { id } = useShop()
  const list = useInfiniteQuery({
    queryKey: ['orders', id, filter],
    queryFn: ({ pageParam }) => {
      const query = { ...filter, ...(pageParam && { after: pageParam }) }
      return answerOf(api.GET('/merchants/{merchant}/orders', { params: { path: { merchant: String(id) }, query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const orders = list.data?.pages.flatMap((page) => page.orders) ?? []
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Stack>
      <FilterBar />
      {filter.status === groups.hidden ? <Causes /> : <Causes of={filter.status ?? ''} />}
      <Loaded of={list}>
        {() =>
          orders.length === 0 && !list.hasNextPage ? (
            <Text>{isFiltered ? words.orders.emptyFilter : words.orders.empty}</Text>
          ) : (
            <OrderRows orders={orders} />
          )
        }
      </Loaded>
      <More of={list} label={words.orders.more} />
    </Stack>
  )
}
