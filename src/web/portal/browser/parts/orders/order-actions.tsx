import { Button, Group, Modal, NumberInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { answerOf, api, newPress } from '../../client.ts'
import { decimalTyped, useFormat } from '../../format.ts'
import { useMay } from '../../shop.ts'
import { useWords } from '../../words/index.ts'
import { ChangeForm } from '../change-form.tsx'
import { useShopChange } from '../shop-change.ts'
import type { Order } from './status.tsx'

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
  const { token } = page.order
  const most = kind === 'capture' ? page.open.capture : page.open.refund
  const [amount, setAmount] = useState(most.amount)
  const [reason, setReason] = useState('')
  const [days, setDays] = useState<number | string>(5)
  // One press, whatever becomes of its requests: made when the form opens.
  const [key] = useState(newPress)
  const act = useShopChange(
    ['order', 'orders'],
    (merchant, _: undefined) => {
      const params = { path: { merchant, token } }
      const typed = decimalTyped(amount)
      switch (kind) {
        case 'refund':
          return answerOf(
            api.POST('/merchants/{merchant}/orders/{token}/refund', {
              params,
              body: { amount: typed, key: `${key}-${typed}`, ...(reason && { reason }) },
            }),
          )
        case 'capture':
          return answerOf(
            api.POST('/merchants/{merchant}/orders/{token}/capture', {
              params,
              body: { amount: typed, key: `${key}-${typed}` },
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
    },
    onDone,
  )
  return (
    <ChangeForm change={act} submit={words.order[kind]} onLeave={onDone}>
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
    </ChangeForm>
  )
}
