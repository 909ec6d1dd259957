import { Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { root } from '../client.ts'
import { useSession } from '../session.ts'
import { useMay, useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'
import { SavedViews } from './saved-views.tsx'

/** The list's filter in the words of the server. It stands in the page's address, so that it can be kept and sent to a colleague. */
export type OrderFilter = {
  readonly status?: string
  readonly api?: string
  readonly from?: string
  readonly to?: string
}

export const groups = {
  shown: undefined,
  hidden: 'expired,refunded_not_charged,failed,cancelled',
  all: 'open,processing,authorized,paid,partially_refunded,refunded,cancelled,expired,refunded_not_charged,failed',
} as const

type GroupName = keyof typeof groups

/** The filter and the words that are searched for, as the page's address says them. */
export function useOrderSearch() {
  const search = useSearch({ strict: false }) as OrderFilter & { text?: string }
  const navigate = useNavigate()
  const { text, status, api, from, to } = search
  const filter: OrderFilter = {
    ...(status && { status }),
    ...(api && { api }),
    ...(from && { from }),
    ...(to && { to }),
  }
  const go = (next: OrderFilter & { text?: string }) => void navigate({ to: '/orders', search: next as never })
  return { filter, text: text === undefined ? '' : String(text), go }
}

export function FilterBar() {
  const words = useWords()
  const { filter, go } = useOrderSearch()
  const group = (Object.keys(groups) as GroupName[]).find((each) => groups[each] === filter.status)
  const change = (part: { [Key in keyof OrderFilter]?: string | undefined }) => {
    const next = Object.entries({ ...filter, ...part }).filter(([, value]) => value)
    go(Object.fromEntries(next) as OrderFilter)
  }
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={words.orders.title}
        fullWidth
        value={group ?? ''}
        onChange={(value) => change({ status: groups[value as GroupName] })}
        data={(['shown', 'hidden', 'all'] as const).map((value) => ({ value, label: words.orders[value] }))}
      />
      <Group gap="xs" align="end">
        <StatusSelect status={group ? undefined : filter.status} onChange={(status) => change({ status })} />
        <ApiSelect api={filter.api} onChange={(api) => change({ api })} />
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            size="xs"
            label={words.orders[end]}
            value={filter[end] ?? ''}
            onChange={(event) => change({ [end]: event.currentTarget.value })}
          />
        ))}
        <Export filter={filter} />
      </Group>
      <SavedViews filter={filter} onChoose={go} />
    </Stack>
  )
}

function StatusSelect({ status, onChange }: { status: string | undefined; onChange: (value?: string) => void }) {
  const words = useWords()
  const data = Object.entries(words.status).map(([value, label]) => ({ value, label }))
  return (
    <Select
      size="xs"
      label={words.orders.status}
      placeholder={words.orders.all}
      clearable
      clearButtonProps={{ 'aria-label': words.orders.clearFilter }}
      data={data}
      value={data.some(({ value }) => value === status) ? (status ?? null) : null}
      onChange={(value) => onChange(value ?? undefined)}
    />
  )
}

function ApiSelect({ api, onChange }: { api: string | undefined; onChange: (value?: string) => void }) {
  const words = useWords()
  const session = useSession()
  return (
    <Select
      size="xs"
      label={words.orders.api}
      placeholder={words.orders.everyApi}
      clearable
      clearButtonProps={{ 'aria-label': words.orders.clearFilter }}
      data={session.data?.apis ?? []}
      value={api ?? null}
      onChange={(value) => onChange(value ?? undefined)}
    />
  )
}

function Export({ filter }: { filter: OrderFilter }) {
  const words = useWords()
  const may = useMay()
  const { id } = useShop()
  if (!may('export_orders')) return null
  const query = new URLSearchParams(filter)
  return (
    <Button
      component="a"
      variant="default"
      size="xs"
      download
      href={`${root}/portal/api/merchants/${id}/orders.csv?${query}`}
    >
      {words.orders.export}
    </Button>
  )
}
