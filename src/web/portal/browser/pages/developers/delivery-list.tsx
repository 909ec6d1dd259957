import { Button, Group, Modal, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, api } from '../../client.ts'
import { ChangeForm } from '../../parts/change-form.tsx'
import { DeliveryCard } from '../../parts/deliveries.tsx'
import { More } from '../../parts/more.tsx'
import { Loaded } from '../../parts/refusal.tsx'
import { useShopChange } from '../../parts/shop-change.ts'
import { useShop } from '../../shop.ts'
import { useDeveloperWords } from '../../words/developers/index.ts'
import type { Endpoint } from './endpoint-forms.tsx'

type State = 'pending' | 'delivered' | 'dead' | 'skipped'

/** What was sent and what waits, and sending a range of it again. */
export function DeliveryList({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const { deliveries: words } = useDeveloperWords()
  const { id } = useShop()
  const [state, setState] = useState<State | ''>('')
  const [endpoint, setEndpoint] = useState('')
  const [isReplaying, setReplaying] = useState(false)
  const list = useInfiniteQuery({
    queryKey: ['deliveries', id, state, endpoint],
    queryFn: ({ pageParam }) => {
      const query = { ...(state && { state }), ...(endpoint && { endpoint }), ...(pageParam && { before: pageParam }) }
      const params = { path: { merchant: String(id) }, query }
      return answerOf(api.GET('/merchants/{merchant}/webhooks/deliveries', { params }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const deliveries = list.data?.pages.flatMap((page) => page.deliveries) ?? []
  return (
    <Stack>
      <Title order={2} size="h3">
        {words.title}
      </Title>
      <Group align="end">
        <Select
          label={words.state}
          allowDeselect={false}
          value={state}
          data={[
            { value: '', label: words.all },
            ...Object.entries(words.states).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(value) => setState((value ?? '') as State | '')}
        />
        <Select
          label={words.endpoint}
          allowDeselect={false}
          value={endpoint}
          data={[
            { value: '', label: words.everywhere },
            ...endpoints.map(({ id: value, url }) => ({ value, label: url })),
          ]}
          onChange={(value) => setEndpoint(value ?? '')}
        />
        <Button variant="default" onClick={() => setReplaying(true)}>
          {words.range}
        </Button>
      </Group>
      <Loaded of={list}>
        {() =>
          deliveries.length === 0 ? (
            <Text>{words.empty}</Text>
          ) : (
            <Stack gap="xs">
              {deliveries.map((delivery) => (
                <DeliveryCard key={delivery.id} of={delivery} reads="deliveries" />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <More of={list} label={words.more} />
      <Modal opened={isReplaying} onClose={() => setReplaying(false)} title={words.range}>
        {isReplaying && <ReplayRange endpoints={endpoints} onDone={() => setReplaying(false)} />}
      </Modal>
    </Stack>
  )
}

function ReplayRange({ endpoints, onDone }: { endpoints: readonly Endpoint[]; onDone: () => void }) {
  const { deliveries: words } = useDeveloperWords()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [endpoint, setEndpoint] = useState('')
  const replay = useShopChange('deliveries', (merchant, _: undefined) =>
    answerOf(
      api.POST('/merchants/{merchant}/webhooks/replay', {
        params: { path: { merchant } },
        body: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...(endpoint && { endpoint }) },
      }),
    ),
  )
  if (replay.data)
    return (
      <Stack>
        <Text role="status">{words.rangeDone(replay.data.replayed)}</Text>
        <Button onClick={onDone}>OK</Button>
      </Stack>
    )
  const time = (label: string, value: string, onChange: (value: string) => void) => (
    <TextInput
      type="datetime-local"
      label={label}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
  return (
    <ChangeForm change={replay} submit={words.range} onLeave={onDone}>
      <Text size="sm">{words.rangeIntro}</Text>
      {time(words.from, from, setFrom)}
      {time(words.to, to, setTo)}
      <Select
        label={words.endpoint}
        allowDeselect={false}
        value={endpoint}
        data={[
          { value: '', label: words.everywhere },
          ...endpoints.map(({ id: value, url }) => ({ value, label: url })),
        ]}
        onChange={(value) => setEndpoint(value ?? '')}
      />
    </ChangeForm>
  )
}
