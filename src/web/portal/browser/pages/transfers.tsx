import { Button, Group, Modal, Paper, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PortalPaths } from '../../api/routes.ts'
import { answerOf, api } from '../client.ts'
import { useFormat } from '../format.ts'
import { ChangeForm } from '../parts/change-form.tsx'
import { TransactionLink } from '../parts/orders/order-parts.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded, Refusal } from '../parts/refusal.tsx'
import { useShopChange } from '../parts/shop-change.ts'
import { useMay, useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

type Inbox = PortalPaths['/merchants/{merchant}/transfers']['get']['responses'][200]['content']['application/json']
type Transfer = Inbox['transfers'][number]

/** What arrived at the shop's wallets and no order took: to be given to an order, or set aside. */
export function TransfersPage() {
  const words = useWords()
  const { id } = useShop()
  const inbox = useQuery({
    queryKey: ['transfers', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/transfers', { params: { path: { merchant: String(id) } } })),
    refetchInterval: 15_000,
  })
  return (
    <Stack maw="52rem">
      <PageTitle>{words.transfers.title}</PageTitle>
      <Text c="dimmed">{words.transfers.intro}</Text>
      <Loaded of={inbox}>
        {({ transfers }) =>
          transfers.length === 0 ? (
            <Text>{words.transfers.empty}</Text>
          ) : (
            transfers.map((transfer) => (
              <Unmatched key={`${transfer.chainId} ${transfer.transaction} ${transfer.logIndex}`} transfer={transfer} />
            ))
          )
        }
      </Loaded>
    </Stack>
  )
}

function Unmatched({ transfer }: { transfer: Transfer }) {
  const words = useWords()
  const format = useFormat()
  const may = useMay()
  const [isAttaching, setAttaching] = useState(false)
  const [order, setOrder] = useState('')
  const { chainId, transaction, logIndex, reason } = transfer
  const key = { chainId, transaction, logIndex }
  const attach = useShopChange(
    'transfers',
    (merchant, _: undefined) =>
      answerOf(
        api.POST('/merchants/{merchant}/transfers/attach', {
          params: { path: { merchant } },
          body: { transfer: key, order },
        }),
      ),
    () => setAttaching(false),
  )
  const dismiss = useShopChange('transfers', (merchant, _: undefined) =>
    answerOf(
      api.POST('/merchants/{merchant}/transfers/dismiss', { params: { path: { merchant } }, body: { transfer: key } }),
    ),
  )
  return (
    <Paper component="article" className="panel" p="md" withBorder>
      <Refusal error={dismiss.error} />
      <Group justify="space-between" align="start">
        <div>
          <Text fw={600} className="wrap">
            {transfer.amount} {transfer.symbol}
          </Text>
          <Text size="sm" c="dimmed" className="wrap">
            {format.time(transfer.at)} · {transfer.chain} ·{' '}
            {words.transfer.state(transfer.state, transfer.confirmations, null)}
          </Text>
          <Text size="sm" className="wrap">
            {reason in words.transfers.reasons
              ? words.transfers.reasons[reason as keyof typeof words.transfers.reasons]
              : reason}
          </Text>
          <Text size="xs" c="dimmed" className="wrap">
            {words.transfers.from} {transfer.from} · <TransactionLink {...transfer} />
          </Text>
        </div>
        {may('resolve_transfers') && (
          <Group gap="xs">
            <Button onClick={() => setAttaching(true)}>{words.transfers.attach}</Button>
            <Button variant="default" onClick={() => dismiss.mutate(undefined)} loading={dismiss.isPending}>
              {words.transfers.dismiss}
            </Button>
          </Group>
        )}
      </Group>
      <Modal opened={isAttaching} onClose={() => setAttaching(false)} title={words.transfers.attach}>
        <ChangeForm change={attach} submit={words.transfers.attach} onLeave={() => setAttaching(false)}>
          <Text size="sm">{words.transfers.attachHint}</Text>
          <TextInput
            label={words.transfers.order}
            required
            maxLength={64}
            value={order}
            onChange={(event) => setOrder(event.currentTarget.value)}
            data-autofocus
          />
        </ChangeForm>
      </Modal>
    </Paper>
  )
}
