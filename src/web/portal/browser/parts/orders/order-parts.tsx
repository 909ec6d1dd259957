import { Alert, Anchor, List, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormat } from '../../format.ts'
import { useWords } from '../../words/index.ts'
import { Cells } from '../cells.tsx'
import { Facts } from '../facts.tsx'
import { Section } from '../section.tsx'
import type { Order } from './status.tsx'

/** What looks wrong about an order, in words and with what to do. */
export function Flags({ page }: { page: Order }) {
  const words = useWords()
  if (page.flags.length === 0) return null
  return (
    <Alert color="red" variant="light" role="note" title={words.order.flags}>
      <List size="sm">
        {page.flags.map((flag) => (
          <List.Item key={flag} c="var(--mantine-color-text)">
            {flag in words.flag ? words.flag[flag as keyof typeof words.flag] : flag}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

/** Who it is for: whom support writes to or calls, and where the parcel goes. */
export function BuyerFacts({ page: { buyer } }: { page: Order }) {
  const words = useWords()
  if (!buyer) return null
  const { name, email, phone, address } = buyer
  const facts: readonly (readonly [string, ReactNode])[] = [
    [words.order.buyerName, name],
    [words.order.buyerEmail, email && <Anchor href={`mailto:${encodeURIComponent(email)}`}>{email}</Anchor>],
    [words.order.buyerPhone, phone && <Anchor href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</Anchor>],
    [words.order.buyerAddress, address.length > 0 && address.map((line) => <div key={line}>{line}</div>)],
  ]
  return (
    <Section title={words.order.buyer}>
      <Facts of={facts} />
    </Section>
  )
}

/** What the order is for, as the shop called it. */
export function Items({ page }: { page: Order }) {
  const words = useWords()
  const format = useFormat()
  if (page.items.length === 0) return null
  return (
    <Section title={words.order.items}>
      <Cells
        label={words.order.items}
        head={words.order.itemColumns}
        numbers={[1, 2]}
        rows={[
          ...page.items.map((item) => [
            <Item key="name" item={item} />,
            item.quantity,
            item.price && format.money(item.price),
          ]),
          ...page.discounts.map(({ name, amount }) => [
            <span key="name" className="wrap">
              {[words.order.discount, name].filter(Boolean).join(': ')}
            </span>,
            '',
            `− ${format.money(amount)}`,
          ]),
          ...(page.delivery
            ? [[`${words.order.delivery}: ${page.delivery.name}`, '', format.money(page.delivery.price)]]
            : []),
        ]}
      />
    </Section>
  )
}

/** One line: what it is, which of its kind, and for an event when it is and what became of its seats. */
function Item({ item: { name, variations, startsAt, seats } }: { item: Order['items'][number] }) {
  const words = useWords()
  const format = useFormat()
  const of = [...variations, startsAt && format.time(startsAt), seats !== null && words.order.seats(seats)]
  return (
    <>
      <span className="wrap">{name}</span>
      {of.some(Boolean) && (
        <Text size="xs" c="dimmed" className="wrap">
          {of.filter(Boolean).join(' · ')}
        </Text>
      )}
    </>
  )
}

/** The shopper's instalments: the operator collects them, the shop was paid. */
export function Plan({ page: { plan } }: { page: Order }) {
  const words = useWords()
  const format = useFormat()
  if (!plan) return null
  return (
    <Section title={words.order.plan} hint={words.order.planHint}>
      {plan.overdueSince && (
        <Text size="sm">
          {words.order.overdueSince} {format.day(plan.overdueSince)}
        </Text>
      )}
      <Cells
        label={words.order.plan}
        head={words.order.planColumns}
        numbers={[2]}
        rows={plan.instalments.map(({ number, dueAt, amount, lateFee, status }) => [
          number,
          format.date(dueAt),
          lateFee ? `${format.money(amount)} + ${format.money(lateFee)} ${words.order.lateFee}` : format.money(amount),
          status in words.instalment ? words.instalment[status as keyof typeof words.instalment] : status,
        ])}
      />
    </Section>
  )
}

/** What arrived on chains, and how sure it is. */
export function Credits({ page: { credits } }: { page: Order }) {
  const words = useWords()
  const format = useFormat()
  if (credits.length === 0) return null
  return (
    <Section title={words.order.credits}>
      <Cells
        label={words.order.credits}
        head={words.order.creditColumns}
        numbers={[1, 2]}
        rows={credits.map((each) => [
          format.time(each.at),
          <span key="amount" className="amount">
            {each.amount} {each.symbol}
          </span>,
          each.worth && format.money(each.worth),
          each.chain,
          <TransactionLink key="transaction" {...each} />,
          words.transfer.state(each.state, each.confirmations, each.wanted),
        ])}
      />
    </Section>
  )
}

/** A transaction by its hash, on the explorer of its chain where that has one. */
export function TransactionLink({ transaction, explorerUrl }: { transaction: string; explorerUrl: string | null }) {
  const short = `${transaction.slice(0, 10)}…${transaction.slice(-6)}`
  if (explorerUrl === null) return <span title={transaction}>{short}</span>
  return (
    <Anchor href={explorerUrl} target="_blank" rel="noreferrer" title={transaction}>
      {short}
    </Anchor>
  )
}
