import { Badge, Button, Code, Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PortalPaths } from '../../../api/routes.ts'
import { answerOf, api } from '../../client.ts'
import { useFormat } from '../../format.ts'
import { More } from '../../parts/more.tsx'
import { Loaded } from '../../parts/refusal.tsx'
import { useApiTitle } from '../../session.ts'
import { useShop } from '../../shop.ts'
import { useDeveloperWords } from '../../words/developers/index.ts'
import { DeveloperRoom } from './room.tsx'

type Listed = PortalPaths['/merchants/{merchant}/requests']['get']['responses'][200]['content']['application/json']
type Request = Listed['requests'][number]

export function RequestsPage() {
  const { requests: words } = useDeveloperWords()
  const { id } = useShop()
  const [show, setShow] = useState<'all' | 'errors'>('all')
  const list = useInfiniteQuery({
    queryKey: ['requests', id, show],
    queryFn: ({ pageParam }) => {
      const query = { show, ...(pageParam && { before: pageParam }) }
      return answerOf(api.GET('/merchants/{merchant}/requests', { params: { path: { merchant: String(id) }, query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const requests = list.data?.pages.flatMap((page) => page.requests) ?? []
  return (
    <DeveloperRoom>
      <Text c="dimmed">{words.intro}</Text>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={words.show}
          value={show}
          onChange={(value) => setShow(value as 'all' | 'errors')}
          data={[
            { value: 'all', label: words.all },
            { value: 'errors', label: words.errors },
          ]}
        />
        <Button variant="default" onClick={() => void list.refetch()} loading={list.isRefetching}>
          {words.refresh}
        </Button>
      </Group>
      <Loaded of={list}>
        {() =>
          requests.length === 0 ? (
            <Text>{words.empty}</Text>
          ) : (
            <Stack gap="xs">
              {requests.map((each) => (
                <RequestCard key={each.id} of={each} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <More of={list} label={words.more} />
    </DeveloperRoom>
  )
}

function RequestCard({ of: request }: { of: Request }) {
  const { requests: words } = useDeveloperWords()
  const format = useFormat()
  const apiTitle = useApiTitle()
  return (
    <>
      <Paper className="panel" p="sm" withBorder>
        <Group gap="xs">
          <Badge
            color={request.status >= 500 ? 'red' : request.status >= 400 ? 'yellow' : 'sea'}
            variant="light"
            c="var(--mantine-color-text)"
          >
            {request.status}
          </Badge>
          <Text fw={600} className="wrap">
            {request.method} {request.path}
          </Text>
        </Group>
        <Text size="sm" c="dimmed" className="wrap">
          {[
            format.time(request.at),
            apiTitle(request.api),
            `${request.latencyMs} ms`,
            request.errorCode,
            request.requestId,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {(request.request || request.response) && (
          <details>
            <summary>{words.bodies}</summary>
            <Stack gap="xs" mt="xs">
              <Body title={words.request} text={request.request} />
              <Body title={words.response} text={request.response} />
            </Stack>
          </details>
        )}
      </Paper>
      {request.skipped > 0 && (
        <Text size="sm" c="dimmed">
          {words.skipped(request.skipped)}
        </Text>
      )}
    </>
  )
}

function Body({ title, text }: { title: string; text: string | null }) {
  if (text === null) return null
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Code block className="wrap" tabIndex={0}>
        {text}
      </Code>
    </div>
  )
}
