import { Badge, Button, Code, Group, Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { PortalPaths } from '../../api/routes.ts'
import { answerOf, api } from '../client.ts'
import { useFormat } from '../format.ts'
import { useMay, useShop } from '../shop.ts'
import { useDeveloperWords } from '../words/developers/index.ts'
import { Loaded, Refusal } from './refusal.tsx'
import { useShopChange } from './shop-change.ts'

type Listed =
  PortalPaths['/merchants/{merchant}/webhooks/deliveries']['get']['responses'][200]['content']['application/json']

/** A delivery as lists show it; on an order's own page without the order. */
export type Delivery = Omit<
  Listed['deliveries'][number],
  'endpoint' | 'order' | 'isTest' | 'nextAttemptAt' | 'state'
> & { readonly state: string } & Partial<Pick<Listed['deliveries'][number], 'order' | 'isTest' | 'nextAttemptAt'>>

const colors: Readonly<Record<string, string>> = { pending: 'blue', delivered: 'sea', dead: 'red', skipped: 'gray' }

/** One message: where it went, each attempt with its answer, the request, and a button that sends it again. `reads` is read anew after that. */
export function DeliveryCard({ of: delivery, reads }: { of: Delivery; reads: string }) {
  const words = useDeveloperWords()
  const format = useFormat()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const again = useShopChange(reads, (merchant, _: undefined) => {
    const params = { path: { merchant, delivery: delivery.id } }
    return answerOf(api.POST('/merchants/{merchant}/webhooks/deliveries/{delivery}/replay', { params }))
  })
  const last = delivery.attempts.at(-1)
  return (
    <Paper className="panel" p="sm" withBorder data-delivery={delivery.id}>
      <Group justify="space-between" align="start">
        <div>
          <Group gap="xs">
            <Text fw={600}>{delivery.event.replaceAll('_', ' ')}</Text>
            <Badge color={colors[delivery.state] ?? 'gray'} variant="light" tt="none" c="var(--mantine-color-text)">
              {words.deliveries.states[delivery.state] ?? delivery.state}
            </Badge>
            {delivery.isTest && (
              <Badge color="gray" variant="light" tt="none" c="var(--mantine-color-text)">
                {words.deliveries.test}
              </Badge>
            )}
            {last && <Text size="sm">{last.status ?? last.error}</Text>}
          </Group>
          <Text size="sm" c="dimmed" className="wrap">
            {format.time(delivery.createdAt)} · {delivery.url}
          </Text>
          {delivery.order && (
            <Link to="/orders/$token" params={{ token: delivery.order } as never}>
              {delivery.order}
            </Link>
          )}
          {delivery.state === 'pending' && delivery.nextAttemptAt && (
            <Text size="sm" c="dimmed">
              {words.deliveries.next(format.time(delivery.nextAttemptAt))}
            </Text>
          )}
        </div>
        {may('manage_webhooks') && (
          <Button variant="default" size="xs" loading={again.isPending} onClick={() => again.mutate(undefined)}>
            {words.deliveries.again}
          </Button>
        )}
      </Group>
      <Refusal error={again.error} />
      {again.data && (
        <Text size="sm" role="status">
          {words.deliveries.sentAgain}
        </Text>
      )}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{words.deliveries.details}</summary>
        {isOpen && may('manage_webhooks') && <Request id={delivery.id} />}
        <Attempts of={delivery} />
      </details>
    </Paper>
  )
}

function Request({ id: delivery }: { id: string }) {
  const words = useDeveloperWords()
  const { id } = useShop()
  const request = useQuery({
    queryKey: ['delivery', id, delivery],
    queryFn: () =>
      answerOf(
        api.GET('/merchants/{merchant}/webhooks/deliveries/{delivery}/request', {
          params: { path: { merchant: String(id), delivery } },
        }),
      ),
  })
  return (
    <Stack gap="xs" mt="xs">
      <Text size="sm" fw={600}>
        {words.deliveries.request}
      </Text>
      <Loaded of={request}>
        {({ method, query, headers, body }) => (
          <>
            <Code block className="wrap" tabIndex={0}>
              {[
                `${method}${Object.keys(query).length > 0 ? ` ?${new URLSearchParams(query)}` : ''}`,
                ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
                '',
                body,
              ].join('\n')}
            </Code>
            <Text size="xs" c="dimmed">
              {words.deliveries.signed}
            </Text>
          </>
        )}
      </Loaded>
    </Stack>
  )
}

function Attempts({ of: { attempts } }: { of: Delivery }) {
  const words = useDeveloperWords()
  const format = useFormat()
  if (attempts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {words.deliveries.notYet}
      </Text>
    )
  return (
    <Stack gap="xs" mt="xs">
      {attempts.toReversed().map((attempt, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name, and their order never changes
        <div key={at}>
          <Text size="sm" className="wrap">
            {format.time(attempt.at)} · {words.deliveries.answer}: {attempt.status ?? attempt.error} (
            {attempt.latencyMs} ms)
          </Text>
          {attempt.status !== null && (
            <Code block className="wrap" tabIndex={0}>
              {attempt.answer || words.deliveries.noAnswer}
            </Code>
          )}
        </div>
      ))}
    </Stack>
  )
}
