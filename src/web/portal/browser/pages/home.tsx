import { Alert, Group, Paper, SegmentedControl, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { answerOf, api } from '../client.ts'
import { useFormat } from '../format.ts'
import { Cells } from '../parts/cells.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded } from '../parts/refusal.tsx'
import { SalesChart } from '../parts/sales-chart.tsx'
import { type Day, type Periods, periodsOf, type Sales, sumOf, triesIn } from '../parts/sales-days.ts'
import { useMay, useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

const periods = ['7', '28', '90'] as const

export function HomePage() {
  const words = useWords()
  const may = useMay()
  const { id, name, timeZone } = useShop()
  const [days, setDays] = useState<(typeof periods)[number]>('7')
  const sales = useQuery({
    queryKey: ['sales', id, days],
    queryFn: async () => ({
      count: Number(days),
      sales: await answerOf(
        api.GET('/merchants/{merchant}/sales', { params: { path: { merchant: String(id) }, query: { days } } }),
      ),
    }),
    enabled: may('view_sales'),
    placeholderData: keepPreviousData,
  })
  // Whoever sees no sales begins with the orders.
  if (!may('view_sales')) return <Navigate to="/orders" replace />
  return (
    <Stack>
      <Group justify="space-between" align="end">
        <PageTitle>{words.home.title}</PageTitle>
        <SegmentedControl
          aria-label={words.home.period}
          size="xs"
          value={days}
          onChange={(value) => setDays(value as typeof days)}
          data={periods.map((value) => ({ value, label: words.home.days(Number(value)) }))}
        />
      </Group>
      <Text c="dimmed" className="wrap">
        {name}. {words.home.zone(timeZone)}
      </Text>
      <FailedWebhooks />
      <Loaded of={sales}>{(shown) => <Period {...shown} />}</Loaded>
    </Stack>
  )
}

/** Said only when there are some: nothing sends them again but a person. */
function FailedWebhooks() {
  const words = useWords()
  const may = useMay()
  const { id } = useShop()
  const { data } = useQuery({
    queryKey: ['failed-webhooks', id],
    queryFn: () =>
      answerOf(api.GET('/merchants/{merchant}/webhooks/failed', { params: { path: { merchant: String(id) } } })),
  })
  if (!data || data.failed === 0) return null
  return (
    <Alert color="red" variant="light" role="note">
      <Text size="sm" c="var(--mantine-color-text)">
        {words.home.failedWebhooks(data.failed)}{' '}
        {may('manage_webhooks') && <Link to="/developers/webhooks">{words.home.seeWebhooks}</Link>}
      </Text>
    </Alert>
  )
}

function Period({ sales, count }: { sales: Sales; count: number }) {
  const words = useWords()
  const format = useFormat()
  const periods = periodsOf(sales, count)
  return (
    <>
      {sales.since !== null && <Text role="note">{words.home.newestOnly(format.time(sales.since))}</Text>}
      <Figures {...periods} currency={sales.currency} />
      <Waiting sales={sales} />
      <Paper component="section" className="panel" p="md" withBorder>
        <Title order={2} size="h4" mb="sm">
          {words.home.sales}
        </Title>
        {[...periods.days, ...periods.before].every(({ paid }) => paid === 0) ? (
          <Text c="dimmed">{words.home.none}</Text>
        ) : (
          <SalesChart {...periods} />
        )}
        <DayTable {...periods} />
      </Paper>
    </>
  )
}

/** `weigh` is what is compared with the period before, `tries` what a part is a part of. */
type Figure = {
  readonly name: string
  readonly show: (days: readonly Day[]) => string
  readonly weigh: ((days: readonly Day[]) => number) | undefined
  readonly tries?: { readonly approved: number; readonly tried: number }
}

function Figures({ days, before, currency }: Periods & { currency: string }) {
  const words = useWords()
  const format = useFormat()
  const money = (of: 'captured' | 'refunded') => ({
    show: (each: readonly Day[]) =>
      format.money(
        sumOf(
          each.map((day) => day[of]),
          currency,
        ),
      ),
    weigh: (each: readonly Day[]) => each.reduce((sum, day) => sum + Number(day[of].amount), 0),
  })
  const paid = (each: readonly Day[]) => each.reduce((sum, day) => sum + day.paid, 0)
  const approved = (each: readonly Day[]) => {
    const { approved: count, tried } = triesIn(each)
    return tried === 0 ? '–' : format.percent(count / tried)
  }
  const figures: readonly Figure[] = [
    { name: words.home.sales, ...money('captured') },
    { name: words.home.refunds, ...money('refunded') },
    { name: words.home.count, show: (each: readonly Day[]) => String(paid(each)), weigh: paid },
    { name: words.home.approval, show: approved, weigh: undefined, tries: triesIn(days) },
  ]
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'xs', xs: 'md' }}>
      {figures.map(({ name, show, weigh, tries }) => (
        <Paper key={name} className="panel" p={{ base: 'sm', xs: 'md' }} withBorder>
          <Text size="sm" c="dimmed">
            {name}
          </Text>
          <Text fz={{ base: '1.25rem', xs: '1.75rem' }} fw={650} className="amount">
            {show(days)}
          </Text>
          {tries && (
            <Text size="xs" c="dimmed">
              {words.home.tries(tries.approved, tries.tried)}
            </Text>
          )}
          {before.length > 0 && (!tries || triesIn(before).tried > 0) && (
            <Text size="xs" c="dimmed">
              {weigh && <Change now={weigh(days)} before={weigh(before)} />}
              {words.home.compared(show(before), days.length)}
            </Text>
          )}
        </Paper>
      ))}
    </SimpleGrid>
  )
}

/** By which part it is more or less; nothing is no measure. */
function Change({ now, before }: { now: number; before: number }) {
  const format = useFormat()
  if (before === 0 || now === before) return null
  return (
    <Text span inherit fw={650} c="var(--mantine-color-text)">
      {now > before ? '+' : '−'}
      {format.percent(Math.abs(now - before) / before)} ·{' '}
    </Text>
  )
}

function DayTable({ days, before }: Periods) {
  const words = useWords()
  const format = useFormat()
  const { home } = words
  const head = [home.day, home.count, home.sales, home.refunds]
  if (before.length > 0) head.push(`${home.sales}, ${home.before(days.length)}`)
  return (
    <details>
      <summary>{home.table}</summary>
      <Cells
        label={home.table}
        head={head}
        numbers={[1, 2, 3, 4]}
        rows={days.map((each, at) => [
          format.date(each.day),
          String(each.paid),
          format.money(each.captured),
          format.money(each.refunded),
          ...(before[at] ? [format.money(before[at].captured)] : []),
        ])}
      />
    </details>
  )
}

/** What is lost or stays open unless somebody looks at it. */
function Waiting({ sales }: { sales: Sales }) {
  const words = useWords()
  const may = useMay()
  const unmatched = may('view_transfers') ? sales.unmatched : 0
  return (
    <Paper component="section" className="panel" p="md" withBorder>
      <Title order={2} size="h4" mb="xs">
        {words.home.attention}
      </Title>
      {sales.expiring > 0 && (
        <Text>
          <Link to="/orders" search={{ status: 'authorized' } as never}>
            {words.home.expiring}
          </Link>
          : <strong>{sales.expiring}</strong>
        </Text>
      )}
      {unmatched > 0 && (
        <Text>
          <Link to="/transfers">{words.home.unmatched}</Link>: <strong>{unmatched}</strong>
        </Text>
      )}
      {sales.expiring + unmatched === 0 && <Text c="dimmed">{words.home.nothing}</Text>}
    </Paper>
  )
}
