import { Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { root } from '../../client.ts'
import { type GroupName, groups, type OrderFilter, useOrderSearch } from '../../order-search.ts'
import { useSession } from '../../session.ts'
import { useMay, useShop } from '../../shop.ts'
import { useWords } from '../../words/index.ts'
import { SavedViews } from './saved-views.tsx'

export function FilterBar() {
  const words = useWords()
  const session = useSession()
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
        <ClearableSelect
          label={words.orders.status}
          placeholder={words.orders.all}
          choices={Object.entries(words.status).map(([value, label]) => ({ value, label }))}
          chosen={group ? undefined : filter.status}
          onChange={(status) => change({ status })}
        />
        <ClearableSelect
          label={words.orders.api}
          placeholder={words.orders.everyApi}
          choices={session.data?.apis.map(({ name, title }) => ({ value: name, label: title })) ?? []}
          chosen={filter.api}
          onChange={(api) => change({ api })}
        />
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

type Choice = { readonly value: string; readonly label: string }

type ChoiceProps = {
  readonly label: string
  /** said while nothing is chosen */
  readonly placeholder: string
  readonly choices: readonly Choice[]
  readonly chosen: string | undefined
  readonly onChange: (value: string | undefined) => void
}

/** One of several, or any; a value that is none of them counts as any. */
function ClearableSelect({ label, placeholder, choices, chosen, onChange }: ChoiceProps) {
  const words = useWords()
  return (
    <Select
      size="xs"
      label={label}
      placeholder={placeholder}
      clearable
      clearButtonProps={{ 'aria-label': words.orders.clearFilter }}
      data={choices}
      value={choices.find(({ value }) => value === chosen)?.value ?? null}
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
