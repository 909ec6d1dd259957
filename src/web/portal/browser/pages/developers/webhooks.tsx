import { Badge, Button, Group, Modal, Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, api } from '../../client.ts'
import { useFormat } from '../../format.ts'
import { Loaded, Refusal } from '../../parts/refusal.tsx'
import { useShopChange } from '../../parts/shop-change.ts'
import { useShop } from '../../shop.ts'
import { useDeveloperWords } from '../../words/developers/index.ts'
import { DeliveryList } from './delivery-list.tsx'
import {
  AddEndpoint,
  EditEndpoint,
  type Endpoint,
  type Endpoints,
  RemoveEndpoint,
  RotateSecret,
  TestEndpoint,
} from './endpoint-forms.tsx'
import { DeveloperRoom } from './room.tsx'

type What = 'edit' | 'test' | 'rotate' | 'remove'
type Open = { readonly what: 'add' } | { readonly what: What; readonly endpoint: Endpoint } | null

export function WebhooksPage() {
  const words = useDeveloperWords()
  const { id } = useShop()
  const [open, setOpen] = useState<Open>(null)
  const endpoints = useQuery({
    queryKey: ['endpoints', id],
    queryFn: () =>
      answerOf(api.GET('/merchants/{merchant}/webhooks/endpoints', { params: { path: { merchant: String(id) } } })),
  })
  return (
    <DeveloperRoom>
      <Text c="dimmed">{words.webhooks.intro}</Text>
      <Loaded of={endpoints}>
        {(data) => (
          <Stack>
            <Group>
              <Button onClick={() => setOpen({ what: 'add' })}>{words.webhooks.add}</Button>
            </Group>
            {data.endpoints.length === 0 && <Text>{words.webhooks.empty}</Text>}
            {data.endpoints.map((endpoint) => (
              <EndpointCard
                key={endpoint.id}
                of={endpoint}
                usual={data.usual.length}
                onOpen={(what) => setOpen({ what, endpoint })}
              />
            ))}
            <EndpointDialog open={open} known={data} onClose={() => setOpen(null)} />
            <DeliveryList endpoints={data.endpoints} />
          </Stack>
        )}
      </Loaded>
    </DeveloperRoom>
  )
}

function EndpointDialog({ open, known, onClose }: { open: Open; known: Endpoints; onClose: () => void }) {
  const { webhooks: words } = useDeveloperWords()
  const titles = {
    add: words.add,
    edit: words.edit,
    test: words.testTitle,
    rotate: words.rotateTitle,
    remove: words.removeTitle,
  }
  return (
    <Modal opened={open !== null} onClose={onClose} title={open && titles[open.what]}>
      {open?.what === 'add' && <AddEndpoint known={known} onDone={onClose} />}
      {open?.what === 'edit' && <EditEndpoint known={known} of={open.endpoint} onDone={onClose} />}
      {open?.what === 'test' && <TestEndpoint of={open.endpoint} onDone={onClose} />}
      {open?.what === 'rotate' && <RotateSecret of={open.endpoint} onDone={onClose} />}
      {open?.what === 'remove' && <RemoveEndpoint of={open.endpoint} onDone={onClose} />}
    </Modal>
  )
}

function EndpointCard({ of: endpoint, usual, onOpen }: { of: Endpoint; usual: number; onOpen: (what: What) => void }) {
  const words = useDeveloperWords()
  const format = useFormat()
  const { webhooks } = words
  const change = useShopChange('endpoints', (merchant, _: undefined) =>
    answerOf(
      api.PATCH('/merchants/{merchant}/webhooks/endpoints/{endpoint}', {
        params: { path: { merchant, endpoint: endpoint.id } },
        body: { enabled: !endpoint.enabled },
      }),
    ),
  )
  const events = endpoint.events.length === usual ? webhooks.usual(usual) : webhooks.chosen(endpoint.events.length)
  const action = (what: What, word: string) => (
    <Button variant="default" size="xs" onClick={() => onOpen(what)}>
      {word}
    </Button>
  )
  return (
    <Paper className="panel" p="md" withBorder data-endpoint={endpoint.id}>
      <Stack gap="xs">
        <div>
          <Text fw={600} className="wrap">
            {endpoint.url}
          </Text>
          <Text size="sm" c="dimmed" className="wrap">
            {[endpoint.description, events].filter(Boolean).join(' · ')}
          </Text>
          <Badge color={endpoint.enabled ? 'sea' : 'yellow'} variant="light" tt="none" c="var(--mantine-color-text)">
            {endpoint.enabled ? webhooks.on : webhooks.paused}
          </Badge>
          {endpoint.previousSecretUntil && (
            <Text size="xs" c="dimmed">
              {webhooks.oldUntil(format.time(endpoint.previousSecretUntil))}
            </Text>
          )}
        </div>
        <Refusal error={change.error} />
        <Group gap="xs">
          {action('test', webhooks.test)}
          {action('edit', webhooks.edit)}
          {action('rotate', webhooks.rotate)}
          <Button variant="default" size="xs" loading={change.isPending} onClick={() => change.mutate(undefined)}>
            {endpoint.enabled ? webhooks.pause : webhooks.resume}
          </Button>
          {action('remove', webhooks.remove)}
        </Group>
      </Stack>
    </Paper>
  )
}
