import { Alert, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import type { PortalPaths } from '../../api/routes.ts'
import { answerOf, api } from '../client.ts'
import { type Money, useFormat } from '../format.ts'
import { Loaded } from '../parts/refusal.tsx'
import { useMay, useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

type Sales = PortalPaths['/merchants/{merchant}/sales']['get']['responses'][200]['content']['application/json']
type Day = Sales['days'][number]

export function HomePage() {
  const words = useWords()
  const may = useMay()
  const { id, name, timeZone } = useShop()
  const sales = useQuery({
    queryKey: ['sales', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/sales', { params: { path: { merchant: String(id) } } })),
    enabled: may('view_sales'),
  })
  // Whoever sees no sales begins with the orders.
  if (!may('view_sales')) return <Navigate to="/orders" replace />
  return (
    <Stack>
      <Title order={1}>{words.home.title}</Title>
      <Text c="dimmed" className="wrap">
        {name} · {words.home.today}. {words.home.zone(timeZone)}
      </Text>
      <FailedWebhooks />
      <Loaded of={sales}>{(data) => <Week sales={data} />}</Loaded>
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

function Week({ sales }: { sales: Sales }) {
  const words = useWords()
  const format = useFormat()
  const week = daysUntil(sales.today, 7).map((day) => dayOf(sales, day))
  // A comparison with days that were not read would be none.
  const isCompared = sales.since === null
  const before = isCompared ? daysUntil(shifted(sales.today, -7), 7).map((day) => dayOf(sales, day)) : []
  const money = (days: readonly Day[], of: 'captured' | 'refunded') =>
    format.money(
      sum(
        days.map((each) => each[of]),
        sales.currency,
      ),
    )
  const earlier = (text: string) => (isCompared ? text : null)
  const paid = (days: readonly Day[]) => String(days.reduce((total, each) => total + each.paid, 0))
  return (
    <>
      {sales.since !== null && <Text role="note">{words.home.newestOnly(format.time(sales.since))}</Text>}
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        <Figure name={words.home.sales} value={money(week, 'captured')} before={earlier(money(before, 'captured'))} />
        <Figure name={words.home.refunds} value={money(week, 'refunded')} before={earlier(money(before, 'refunded'))} />
        <Figure name={words.home.count} value={paid(week)} before={earlier(paid(before))} />
        <Figure
          name={words.home.approval}
          value={approval(week, format.percent)}
          before={earlier(approval(before, format.percent))}
        />
      </SimpleGrid>
      <Waiting sales={sales} />
      <Paper component="section" className="panel" p="md" withBorder>
        <Title order={2} size="h4" mb="sm">
          {words.home.sales}
        </Title>
        {[...week, ...before].every(({ paid }) => paid === 0) ? (
          <Text c="dimmed">{words.home.none}</Text>
        ) : (
          <Bars days={week} before={before} />
        )}
        <details>
          <summary>{words.home.table}</summary>
          <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="region" aria-label={words.home.table}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  {[
                    ...[words.home.day, words.home.count, words.home.sales, words.home.refunds],
                    ...(isCompared ? [`${words.home.sales}, ${words.home.before}`] : []),
                  ].map((head) => (
                    <Table.Th key={head} scope="col">
                      {head}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {week.map((each, at) => (
                  <Table.Tr key={each.day}>
                    <Table.Td>{format.date(each.day)}</Table.Td>
                    <Table.Td>{each.paid}</Table.Td>
                    <Table.Td className="amount">{format.money(each.captured)}</Table.Td>
                    <Table.Td className="amount">{format.money(each.refunded)}</Table.Td>
                    {before[at] && <Table.Td className="amount">{format.money(before[at].captured)}</Table.Td>}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </details>
      </Paper>
    </>
  )
}

function Figure({ name, value, before }: { name: string; value: string; before: string | null }) {
  const words = useWords()
  return (
    <Paper className="panel" p="md" withBorder>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text fz="1.75rem" fw={650} className="amount">
        {value}
      </Text>
      {before !== null && (
        <Text size="xs" c="dimmed">
          {before}, {words.home.before}
        </Text>
      )}
    </Paper>
  )
}

/** What is lost or stays open unless somebody looks at it. */
function Waiting({ sales }: { sales: Sales }) {
  const words = useWords()
  const may = useMay()
  return (
    <Paper component="section" className="panel" p="md" withBorder>
      <Title order={2} size="h4" mb="xs">
        {words.home.attention}
      </Title>
      <Text>
        <Link to="/orders" search={{ status: 'authorized' } as never}>
          {words.home.expiring}
        </Link>
        : <strong>{sales.expiring}</strong>
      </Text>
      {may('view_transfers') && (
        <Text>
          <Link to="/transfers">{words.home.unmatched}</Link>: <strong>{sales.unmatched}</strong>
        </Text>
      )}
    </Paper>
  )
}

/** Two bars a day, the earlier week's behind. The table below says the same in numbers, so the picture is silent. */
function Bars({ days, before }: { days: readonly Day[]; before: readonly Day[] }) {
  const most = Math.max(...[...days, ...before].map(({ captured }) => Number(captured.amount)), 1)
  const heightOf = (day: Day | undefined) => (Number(day?.captured.amount ?? 0) / most) * 34
  return (
    <svg className="bars" viewBox="0 0 70 36" preserveAspectRatio="none" aria-hidden="true">
      {days.map((each, at) => {
        const [height, earlier] = [heightOf(each), heightOf(before[at])]
        return (
          <g key={each.day}>
            <rect className="earlier" x={at * 10 + 0.5} y={36 - earlier} width={5} height={earlier} />
            <rect x={at * 10 + 3} y={36 - height} width={6} height={height} />
          </g>
        )
      })}
    </svg>
  )
}

function approval(days: readonly Day[], percent: (part: number) => string): string {
  const approved = days.reduce((total, each) => total + each.approved, 0)
  const tried = approved + days.reduce((total, each) => total + each.refused, 0)
  return tried === 0 ? '–' : percent(approved / tried)
}

/** Adds decimal texts as whole numbers of their smallest unit. */
function sum(amounts: readonly Money[], currency: string): Money {
  const places = amounts[0]?.amount.split('.')[1]?.length ?? 0
  const total = amounts.reduce((before, { amount }) => before + BigInt(amount.replace('.', '')), 0n)
  const digits = total.toString().padStart(places + 1, '0')
  return { amount: places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`, currency }
}

function dayOf({ days, currency }: Sales, day: string): Day {
  const zero = { amount: days[0] ? days[0].captured.amount.replace(/\d/g, '0').replace(/^0+(?=0)/, '') : '0', currency }
  return (
    days.find((each) => each.day === day) ?? { day, paid: 0, captured: zero, refunded: zero, approved: 0, refused: 0 }
  )
}

function daysUntil(last: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => shifted(last, at - count + 1))
}

function shifted(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + by)
  return date.toISOString().slice(0, 10)
}
