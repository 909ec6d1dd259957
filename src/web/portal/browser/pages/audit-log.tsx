import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { answerOf, api, root } from '../client.ts'
import { useFormat } from '../format.ts'
import { More } from '../parts/more.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded } from '../parts/refusal.tsx'
import { useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

export function AuditLogPage() {
  const words = useWords()
  const format = useFormat()
  const { id } = useShop()
  const log = useInfiniteQuery({
    queryKey: ['audit-log', id],
    queryFn: ({ pageParam }) => {
      const query = pageParam ? { before: pageParam } : {}
      return answerOf(api.GET('/merchants/{merchant}/audit-log', { params: { path: { merchant: String(id) }, query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <Stack>
      <PageTitle>{words.audit.title}</PageTitle>
      <Text c="dimmed">{words.audit.intro}</Text>
      <Text size="sm" c="dimmed">
        {words.audit.whole}
      </Text>
      <Group>
        <Button
          component="a"
          variant="default"
          size="xs"
          download
          href={`${root}/portal/api/merchants/${id}/audit-log.csv`}
        >
          {words.audit.export}
        </Button>
      </Group>
      <Loaded of={log}>
        {() =>
          entries.length === 0 ? (
            <Text>{words.audit.empty}</Text>
          ) : (
            <Table.ScrollContainer
              minWidth={640}
              type="native"
              tabIndex={0}
              role="region"
              aria-label={words.audit.title}
            >
              <Table className="panel">
                <Table.Thead>
                  <Table.Tr>
                    {[words.audit.when, words.audit.who, words.audit.what, words.audit.on, words.audit.where].map(
                      (head) => (
                        <Table.Th key={head} scope="col">
                          {head}
                        </Table.Th>
                      ),
                    )}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {entries.map((entry) => (
                    <Table.Tr key={entry.number}>
                      <Table.Td>{format.time(entry.at)}</Table.Td>
                      <Table.Td className="wrap">{entry.actor}</Table.Td>
                      <Table.Td>
                        {entry.action.replaceAll('_', ' ')}
                        <Fact name={words.audit.before} json={entry.before} />
                        <Fact name={words.audit.after} json={entry.after} />
                      </Table.Td>
                      <Table.Td className="wrap">{entry.subject}</Table.Td>
                      <Table.Td>{entry.address}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Loaded>
      <More of={log} label={words.audit.more} />
    </Stack>
  )
}

/** What was or became, one line for each of its values. */
function Fact({ name, json }: { name: string; json: string | null }) {
  if (json === null) return null
  return (
    <Text size="xs" c="dimmed" className="wrap">
      {name}: {textOf(JSON.parse(json))}
    </Text>
  )
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, each]) => `${key} ${typeof each === 'object' ? JSON.stringify(each) : String(each)}`)
    .join(', ')
}
