import { Button, CloseButton, Group, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answerOf, api } from '../../client.ts'
import type { OrderFilter } from '../../order-search.ts'
import { useShop } from '../../shop.ts'
import { useWords } from '../../words/index.ts'
import { Refusal } from '../refusal.tsx'
import { useShopChange } from '../shop-change.ts'

/** Filters that the person kept for this shop, and the way to keep the one that is set. */
export function SavedViews({ filter, onChoose }: { filter: OrderFilter; onChoose: (filter: OrderFilter) => void }) {
  const words = useWords()
  const { id } = useShop()
  const [name, setName] = useState('')
  const views = useQuery({
    queryKey: ['views', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/views', { params: { path: { merchant: String(id) } } })),
  })
  const put = useShopChange(
    'views',
    (merchant, _: undefined) =>
      answerOf(
        api.PUT('/merchants/{merchant}/views/{name}', {
          params: { path: { merchant, name: name.trim() } },
          body: filter,
        }),
      ),
    () => setName(''),
  )
  const remove = useShopChange('views', (merchant, which: string) =>
    answerOf(api.DELETE('/merchants/{merchant}/views/{name}', { params: { path: { merchant, name: which } } })),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    put.mutate(undefined)
  }
  const kept = views.data?.views ?? []
  const isFiltered = Object.keys(filter).length > 0
  return (
    <>
      <Refusal error={put.error ?? remove.error ?? views.error} />
      {kept.length > 0 && (
        <Group component="section" gap="xs" aria-label={words.orders.views}>
          {kept.map((view) => (
            <Group key={view.name} gap={0} wrap="nowrap">
              <Button size="xs" variant="light" className="wrap" onClick={() => onChoose(view.query)}>
                {view.name}
              </Button>
              <CloseButton aria-label={words.orders.removeView(view.name)} onClick={() => remove.mutate(view.name)} />
            </Group>
          ))}
        </Group>
      )}
      {isFiltered && (
        <form onSubmit={submit}>
          <Group gap="xs" align="end">
            <TextInput
              size="xs"
              label={words.orders.viewName}
              required
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" size="xs" variant="default" loading={put.isPending}>
              {words.orders.saveView}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => onChoose({})}>
              {words.orders.clearFilter}
            </Button>
          </Group>
        </form>
      )}
    </>
  )
}
