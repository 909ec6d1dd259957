import {
  Accordion,
  Anchor,
  Button,
  Code,
  Group,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  Timeline,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { answerOf, api } from '../client.ts'
import { type Money, useFormat } from '../format.ts'
import { Cells } from '../parts/cells.tsx'
import { DeliveryCard } from '../parts/deliveries.tsx'
import { Facts } from '../parts/facts.tsx'
import { Causes } from '../parts/orders/causes.tsx'
import { OrderActions } from '../parts/orders/order-actions.tsx'
import { BuyerFacts, Credits, Flags, Items, Plan } from '../parts/orders/order-parts.tsx'
import { cardName, useProductName } from '../parts/orders/paid-with.ts'
import { type Order, StatusBadge } from '../parts/orders/status.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded, Refusal } from '../parts/refusal.tsx'
import { Section } from '../parts/section.tsx'
import { useShopChange } from '../parts/shop-change.ts'
import { useApiTitle } from '../session.ts'
import { useMay, useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

export function OrderPage() {
  const words = useWords()
  const { id } = useShop()
  const { token = '' } = useParams({ strict: false })
  const order = useQuery({
    queryKey: ['order', id, token],
    queryFn: () =>
      answerOf(api.GET('/merchants/{merchant}/orders/{token}', { params: { path: { merchant: String(id), token } } })),
  })
  return (
    <Stack>
      <Anchor component={Link} to="/orders" size="sm" w="fit-content">
        ← {words.order.back}
      </Anchor>
      <Loaded of={order}>{(page) => <Page page={page} />}</Loaded>
    </Stack>
  )
}

function Page({ page }: { page: Order }) {
  const words = useWords()
  const format = useFormat()
  const { order } = page
  const cause = order.status in words.cause ? words.cause[order.status as keyof typeof words.cause] : undefined
  return (
    <Stack>
      <Group justify="space-between" align="start">
        <div>
          <PageTitle size="h2" className="wrap">
            {words.order.title(order.token)}
          </PageTitle>
          <Text fz="2rem" fw={650} className="amount">
            {format.money(order.total)}
          </Text>
          <StatusBadge status={order.status} />
        </div>
        <OrderActions page={page} />
      </Group>
      <Flags page={page} />
      {order.status in words.check ? <Causes of={order.status} /> : cause && <Text c="dimmed">{cause}</Text>}
      <OrderFacts page={page} />
      <BuyerFacts page={page} />
      <Items page={page} />
      <Plan page={page} />
      <Credits page={page} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title={words.order.timeline}>
          <Timeline active={page.events.length} bulletSize={14} lineWidth={2}>
            {page.events.map((event) => (
              <Timeline.Item
                key={event.sequence}
                title={event.kind in words.event ? words.event[event.kind as keyof typeof words.event] : event.kind}
              >
                <Text size="sm" className="wrap">
                  {format.time(event.at)}
                  {event.amount && <> · {format.money(event.amount)}</>}
                  {event.actor && <> · {event.actor}</>}
                </Text>
                {event.note && (
                  <Text size="xs" c="dimmed" className="wrap">
                    {event.note}
                  </Text>
                )}
              </Timeline.Item>
            ))}
          </Timeline>
        </Section>
        <Stack>
          <Notes page={page} />
          <Section title={words.order.webhooks}>
            <Webhooks page={page} />
          </Section>
        </Stack>
      </SimpleGrid>
      <Accordion multiple variant="separated">
        <Fold name="attempts" title={words.order.attempts}>
          <Cells
            label={words.order.attempts}
            head={words.order.attemptColumns}
            numbers={[3]}
            rows={page.attempts.map((each) => [
              format.time(each.startedAt),
              each.purpose,
              each.acquirer,
              format.money(each.amount),
              each.state,
              [each.failure, each.code].filter(Boolean).join(', '),
            ])}
          />
        </Fold>
        <Fold name="ledger" title={words.order.ledger}>
          <Cells
            label={words.order.ledger}
            head={words.order.ledgerColumns}
            numbers={[4]}
            rows={page.transfers.map((each) => [
              format.time(each.at),
              each.kind.replaceAll('_', ' '),
              each.debit.replaceAll('_', ' '),
              each.credit.replaceAll('_', ' '),
              format.money(each.amount),
            ])}
          />
        </Fold>
        <Fold name="request" title={words.order.request}>
          <Code block>{pretty(page.request)}</Code>
        </Fold>
      </Accordion>
    </Stack>
  )
}

function OrderFacts({ page: { order, open, processorReference } }: { page: Order }) {
  const words = useWords()
  const productName = useProductName()
  const apiTitle = useApiTitle()
  const format = useFormat()
  const isSome = ({ amount }: Money) => !/^[0.]+$/.test(amount)
  const facts: readonly (readonly [string, string | null])[] = [
    [words.order.captured, isSome(order.captured) ? format.money(order.captured) : null],
    [words.order.refunded, isSome(order.refunded) ? format.money(order.refunded) : null],
    [words.order.refundableNow, isSome(order.captured) ? format.money(open.refund) : null],
    [words.order.capturableNow, isSome(open.capture) ? format.money(open.capture) : null],
    [words.order.reference, order.merchantReference],
    [words.order.processorReference, processorReference],
    [words.orders.columns.method, order.card && cardName(order.card)],
    [words.order.product, productName(order.product)],
    [words.order.api, apiTitle(order.api)],
    [words.order.created, format.time(order.createdAt)],
    [words.order.expires, order.expiresAt && format.time(order.expiresAt)],
  ]
  return (
    <Paper className="panel" p="md" withBorder>
      <Facts of={facts} />
    </Paper>
  )
}

function Webhooks({ page }: { page: Order }) {
  const words = useWords()
  if (page.webhooks.length === 0) return <Text c="dimmed">{words.order.none}</Text>
  return (
    <Stack gap="xs">
      {page.webhooks.map((message) => (
        <DeliveryCard key={message.id} of={message} reads="order" />
      ))}
    </Stack>
  )
}

function Notes({ page }: { page: Order }) {
  const words = useWords()
  const format = useFormat()
  const may = useMay()
  const [text, setText] = useState('')
  const { token } = page.order
  const save = useShopChange(
    'order',
    (merchant, _: undefined) =>
      answerOf(
        api.POST('/merchants/{merchant}/orders/{token}/notes', {
          params: { path: { merchant, token } },
          body: { text },
        }),
      ),
    () => setText(''),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(undefined)
  }
  return (
    <Section title={words.order.notes}>
      <Stack gap="xs">
        {page.notes.length === 0 && <Text c="dimmed">{words.order.noNotes}</Text>}
        {page.notes.map((note) => (
          <div key={note.id}>
            <Text className="wrap">{note.text}</Text>
            <Text size="xs" c="dimmed">
              {note.author}, {format.time(note.at)}
            </Text>
          </div>
        ))}
        {may('write_notes') && (
          <form onSubmit={submit}>
            <Refusal error={save.error} />
            <Textarea
              label={words.order.addNote}
              required
              maxLength={2000}
              autosize
              minRows={2}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" size="xs" mt="xs" loading={save.isPending}>
              {words.order.saveNote}
            </Button>
          </form>
        )}
      </Stack>
    </Section>
  )
}

function Fold({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  return (
    <Accordion.Item value={name} className="panel">
      <Accordion.Control>{title}</Accordion.Control>
      <Accordion.Panel>{children}</Accordion.Panel>
    </Accordion.Item>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    // A refusal of the parser: shown as it is.
    return json
  }
}
