import { Anchor, Badge, Button, Code, Group, NumberInput, Select, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { PortalPaths } from '../../../api/routes.ts'
import { answerOf, api, root } from '../../client.ts'
import { useFormat } from '../../format.ts'
import { Loaded, Refusal } from '../../parts/refusal.tsx'
import { Section } from '../../parts/section.tsx'
import { useShopChange } from '../../parts/shop-change.ts'
import { useShop } from '../../shop.ts'
import { useDeveloperWords } from '../../words/developers/index.ts'
import { DeveloperRoom } from './room.tsx'

type Sandbox = PortalPaths['/merchants/{merchant}/sandbox']['get']['responses'][200]['content']['application/json']

export function SandboxPage() {
  const { sandbox: words } = useDeveloperWords()
  const { id } = useShop()
  const params = { path: { merchant: String(id) } }
  const sandbox = useQuery({
    queryKey: ['sandbox', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/sandbox', { params })),
  })
  return (
    <DeveloperRoom>
      <Text c="dimmed">{words.intro}</Text>
      <Loaded of={sandbox}>
        {(data) => (
          <Stack>
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <Clock now={data.now} />
              <Faults faults={data.faults} />
              <Cards cards={data.cards} />
              <Chains chains={data.chains} />
            </SimpleGrid>
            <Messages />
          </Stack>
        )}
      </Loaded>
    </DeveloperRoom>
  )
}

function Clock({ now }: { now: string }) {
  const { sandbox: words } = useDeveloperWords()
  const format = useFormat()
  const [by, setBy] = useState('86400')
  const move = useShopChange('sandbox', (merchant, _: undefined) =>
    answerOf(
      api.POST('/merchants/{merchant}/sandbox/clock', {
        params: { path: { merchant } },
        body: { advanceSeconds: Number(by) },
      }),
    ),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    move.mutate(undefined)
  }
  return (
    <Section title={words.clock}>
      <Text>
        {words.now} <strong>{format.time(now)}</strong>
      </Text>
      <Text size="sm" c="dimmed">
        {words.clockHint}
      </Text>
      <Refusal error={move.error} />
      <form onSubmit={submit}>
        <Group align="end">
          <Select
            label={words.forward}
            allowDeselect={false}
            value={by}
            data={Object.entries(words.steps).map(([value, label]) => ({ value, label }))}
            onChange={(value) => value && setBy(value)}
          />
          <Button type="submit" loading={move.isPending}>
            {words.move}
          </Button>
        </Group>
      </form>
      {move.data && (
        <Text size="sm" role="status">
          {words.moved(format.time(move.data.now))}
        </Text>
      )}
    </Section>
  )
}

function Faults({ faults }: { faults: Sandbox['faults'] }) {
  const { sandbox: words } = useDeveloperWords()
  const [fault, setFault] = useState<Sandbox['faults'][number]>('decline')
  const [count, setCount] = useState<number | string>(1)
  const order = useShopChange('sandbox', (merchant, _: undefined) =>
    answerOf(
      api.PUT('/merchants/{merchant}/sandbox/faults', {
        params: { path: { merchant } },
        body: { fault, count: Number(count) },
      }),
    ),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    order.mutate(undefined)
  }
  return (
    <Section title={words.faults}>
      <Text size="sm" c="dimmed">
        {words.faultsHint}
      </Text>
      <Refusal error={order.error} />
      <form onSubmit={submit}>
        <Group align="end">
          <Select
            label={words.fault}
            allowDeselect={false}
            value={fault}
            data={faults.map((value) => ({ value, label: words.faultNames[value] }))}
            onChange={(value) => value && setFault(value as typeof fault)}
          />
          <NumberInput
            label={words.times}
            w="6rem"
            min={1}
            max={1000}
            allowDecimal={false}
            value={count}
            onChange={setCount}
          />
          <Button type="submit" loading={order.isPending}>
            {words.order}
          </Button>
        </Group>
      </form>
      {order.data && (
        <Text size="sm" role="status">
          {words.ordered}
        </Text>
      )}
    </Section>
  )
}

function Cards({ cards }: { cards: Sandbox['cards'] }) {
  const { sandbox: words } = useDeveloperWords()
  return (
    <Section title={words.cards}>
      <Text size="sm" c="dimmed">
        {words.cardsHint}
      </Text>
      <Table>
        <Table.Tbody>
          {cards.map(({ number, outcome }) => (
            <Table.Tr key={number}>
              <Table.Td>
                <Code>{number}</Code>
              </Table.Td>
              <Table.Td>{words.outcomes[outcome] ?? outcome}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}

function Chains({ chains }: { chains: Sandbox['chains'] }) {
  const { sandbox: words } = useDeveloperWords()
  return (
    <Section title={words.chains}>
      {chains.length === 0 && <Text c="dimmed">{words.noChains}</Text>}
      {chains.map(({ chainId, rpcUrl, account, tokens }) => (
        <div key={chainId}>
          <Text fw={600}>{words.chain(chainId)}</Text>
          <Text size="sm" className="wrap">
            {rpcUrl === null ? (
              words.inMemory
            ) : (
              <>
                RPC <Code>{rpcUrl}</Code>
              </>
            )}
          </Text>
          <Text size="sm" className="wrap">
            {words.account} <Code>{account}</Code>
          </Text>
          <Text size="sm" c="dimmed" className="wrap">
            {tokens.map(({ symbol }) => symbol).join(', ')}
          </Text>
        </div>
      ))}
    </Section>
  )
}

function Messages() {
  const { sandbox: words } = useDeveloperWords()
  const format = useFormat()
  const { id } = useShop()
  const messages = useQuery({
    queryKey: ['sandbox', id, 'messages'],
    queryFn: () =>
      answerOf(api.GET('/merchants/{merchant}/sandbox/messages', { params: { path: { merchant: String(id) } } })),
  })
  return (
    <Section title={words.messages}>
      <Text size="sm" c="dimmed">
        {words.messagesHint}
      </Text>
      <Loaded of={messages}>
        {({ messages: list }) =>
          list.length === 0 ? (
            <Text>{words.noMessages}</Text>
          ) : (
            <Stack gap="xs">
              {list.map((message) => (
                <div key={message.id}>
                  <Group gap="xs">
                    <Badge variant="light" color="gray" tt="none" c="var(--mantine-color-text)">
                      {message.channel}
                    </Badge>
                    <Text size="sm" className="wrap">
                      {message.recipient} · {format.time(message.createdAt)}
                    </Text>
                  </Group>
                  <details>
                    <summary>{message.subject || message.text.slice(0, 60)}</summary>
                    <Code block className="wrap" tabIndex={0}>
                      {message.text}
                    </Code>
                    <Anchor href={`${root}/sandbox/messages/${message.id}`} target="_blank" rel="noreferrer" size="sm">
                      {words.asSeen}
                    </Anchor>
                  </details>
                </div>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Section>
  )
}
