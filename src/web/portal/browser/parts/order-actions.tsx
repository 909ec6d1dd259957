import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answerOf, api, newPress } from '../client.ts'
import { useFormat } from '../format.ts'
import { useMay, useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'
import { Refusal } from './refusal.tsx'
import type { Order } from './status.tsx'
import { useStepUp } from './step-up.tsx'

type Kind = 'refund' | 'capture' | 'void' | 'delay'

/** What can be done with the order now by this person. The server decides once more. */
export function OrderActions({ page }: { page: Order }) {
  const words = useWords()
  const may = useMay()
  const [kind, setKind] = useState<Kind | null>(null)
  const { open } = page
  const offered = [
    open.mayCapture && may('capture') && 'capture',
    open.mayDelay && may('delay') && 'delay',
    open.mayRefund && may('refund') && 'refund',
    open.mayVoid && may('void') && 'void',
  ].filter((each): each is Kind => each !== false)
  return (
    <Group gap="xs">
      {offered.map((each) => (
        <Button key={each} variant={each === offered[0] ? 'filled' : 'default'} onClick={() => setKind(each)}>
          {words.order[each]}
        </Button>
      ))}
      <Modal opened={kind !== null} onClose={() => setKind(null)} title={kind && words.order[kind]}>
        {kind && <ActionForm kind={kind} page={page} onDone={() => setKind(null)} />}
      </Modal>
    </Group>
  )
}

function ActionForm({ kind, page, onDone }: { kind: Kind; page: Order; onDone: () => void }) {
  const words = useWords()
  const format = useFormat()
  const { id } = useShop()
  const guarded = useStepUp()
  const client = useQueryClient()
  const { token } = page.order
  const most = kind === 'capture' ? page.open.capture : page.open.refund
  const [amount, setAmount] = useState(most.amount)
  const [reason, setReason] = useState('')
  const [days, setDays] = useState<number | string>(5)
  // One press, whatever becomes of its requests: made when the form opens.
  const [key] = useState(newPress)
  const params = { path: { merchant: String(id), token } }
  const act = useMutation({
    mutationFn: () =>
      guarded(() => {
        switch (kind) {
          case 'refund':
            return answerOf(
              api.POST('/merchants/{merchant}/orders/{token}/refund', {
                params,
                body: { amount: plain(amount), key: `${key}-${plain(amount)}`, ...(reason && { reason }) },
              }),
            )
          case 'capture':
            return answerOf(
              api.POST('/merchants/{merchant}/orders/{token}/capture', {
                params,
                body: { amount: plain(amount), key: `${key}-${plain(amount)}` },
              }),
            )
          case 'void':
            return answerOf(api.POST('/merchants/{merchant}/orders/{token}/void', { params, body: { key } }))
          case 'delay':
            return answerOf(
              api.POST('/merchants/{merchant}/orders/{token}/delay', {
                params,
                body: { days: Number(days), key: `${key}-${days}` },
              }),
            )
        }
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['order', id, token] })
      await client.invalidateQueries({ queryKey: ['orders', id] })
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    act.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Refusal error={act.error} />
        {(kind === 'refund' || kind === 'capture') && (
          <>
            <Text size="sm">
              {kind === 'refund'
                ? `${words.order.refundable(format.money(most))} ${words.order.refundSure}`
                : words.order.capturable(format.money(most))}
            </Text>
            <TextInput
              label={`${words.order.amount} (${most.currency})`}
              inputMode="decimal"
              required
              value={amount}
              onChange={(event) => setAmount(event.currentTarget.value)}
              data-autofocus
            />
          </>
        )}
        {kind === 'refund' && (
          <TextInput
            label={words.order.reason}
            maxLength={255}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {kind === 'void' && <Text size="sm">{words.order.voidSure}</Text>}
        {kind === 'delay' && (
          <NumberInput label={words.order.days} min={1} max={90} allowDecimal={false} value={days} onChange={setDays} />
        )}
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {words.order.cancel}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {words.order[kind]}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** `19,50` as it is typed in Italy. */
function plain(amount: string): string {
  return amount.trim().replace(',', '.')
}
