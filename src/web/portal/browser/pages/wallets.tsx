import { Badge, Button, Group, NumberInput, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { PortalPaths } from '../../api/routes.ts'
import { answerOf, api } from '../client.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded, Refusal } from '../parts/refusal.tsx'
import { Section } from '../parts/section.tsx'
import { useShopChange } from '../parts/shop-change.ts'
import { ShopSystem } from '../parts/shop-system.tsx'
import { useMay, useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

type Chains = PortalPaths['/merchants/{merchant}/chains']['get']['responses'][200]['content']['application/json']
type Chain = Chains['chains'][number]

export function WalletsPage() {
  const words = useWords()
  const { id } = useShop()
  const chains = useQuery({
    queryKey: ['chains', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/chains', { params: { path: { merchant: String(id) } } })),
  })
  return (
    <Stack maw="52rem">
      <PageTitle>{words.wallets.title}</PageTitle>
      <Text c="dimmed">{words.wallets.intro}</Text>
      <Loaded of={chains}>
        {(known) => (
          <>
            {known.chains.length === 0 && <Text>{words.wallets.none}</Text>}
            {known.chains.map((chain) => (
              <Wallet key={`${chain.chainId} ${chain.wallet}`} chain={chain} />
            ))}
            {known.chains.length > 0 && <Terms chains={known} />}
            {known.chains.length > 0 && <ShopSystem />}
          </>
        )}
      </Loaded>
    </Stack>
  )
}

function Wallet({ chain }: { chain: Chain }) {
  const words = useWords()
  const may = useMay()
  const [address, setAddress] = useState(chain.wallet ?? '')
  const save = useShopChange('chains', (merchant, value: string | null) =>
    answerOf(
      api.PUT('/merchants/{merchant}/wallets/{chain}', {
        params: { path: { merchant, chain: String(chain.chainId) } },
        body: { address: value },
      }),
    ),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(address)
  }
  return (
    <Paper component="section" className="panel" p="md" withBorder>
      <Group gap="xs" mb="xs">
        <Title order={2} size="h4">
          {chain.name}
        </Title>
        {chain.isLocal && (
          <Badge variant="default" tt="none">
            {words.wallets.local}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed" className="wrap">
        {chain.tokens.join(', ')} · {words.wallets.confirmations(chain.confirmations)}
      </Text>
      <Refusal error={save.error} />
      {may('change_wallets') ? (
        <form onSubmit={submit}>
          <Group align="end" mt="xs">
            <TextInput
              label={words.wallets.address}
              flex={1}
              miw="16rem"
              required
              maxLength={64}
              spellCheck={false}
              value={address}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
            <Button type="submit" loading={save.isPending} disabled={address.trim() === chain.wallet}>
              {words.wallets.save}
            </Button>
            {chain.wallet && (
              <Button variant="default" onClick={() => save.mutate(null)} loading={save.isPending}>
                {words.wallets.stop}
              </Button>
            )}
          </Group>
        </form>
      ) : (
        <Text className="wrap">{chain.wallet ?? words.wallets.notPaid}</Text>
      )}
      {chain.formerWallets.length > 0 && (
        <Text size="xs" c="dimmed" mt="xs" className="wrap">
          {words.wallets.former}: {chain.formerWallets.join(', ')}
        </Text>
      )}
    </Paper>
  )
}

function Terms({ chains: { terms } }: { chains: Chains }) {
  const words = useWords()
  const may = useMay()
  const [tokens, setTokens] = useState(terms.tokens.join(', '))
  const [tolerance, setTolerance] = useState<number | string>(terms.tolerancePpm / 10_000)
  const [spread, setSpread] = useState<number | string>(terms.spreadPpm / 10_000)
  const [minutes, setMinutes] = useState<number | string>(terms.quoteMs / 60_000)
  const [hours, setHours] = useState<number | string>(terms.watchMs / 3_600_000)
  const save = useShopChange('chains', (merchant, _: undefined) =>
    answerOf(
      api.PUT('/merchants/{merchant}/chain-terms', {
        params: { path: { merchant } },
        body: {
          tokens: tokens.split(',').flatMap((each) => each.trim() || []),
          tolerancePpm: Math.round(Number(tolerance) * 10_000),
          spreadPpm: Math.round(Number(spread) * 10_000),
          quoteMs: Math.round(Number(minutes) * 60_000),
          watchMs: Math.round(Number(hours) * 3_600_000),
        },
      }),
    ),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(undefined)
  }
  const isFixed = !may('change_wallets')
  return (
    <Section title={words.wallets.terms} hint={words.wallets.termsHint}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Refusal error={save.error} />
          {save.isSuccess && <Text role="status">{words.wallets.saved}</Text>}
          <TextInput
            label={words.wallets.tokens}
            description={words.wallets.tokensHint}
            value={tokens}
            readOnly={isFixed}
            onChange={(event) => setTokens(event.currentTarget.value)}
          />
          <SimpleGrid cols={2}>
            {(
              [
                [words.wallets.tolerance, tolerance, setTolerance, 0, 20],
                [words.wallets.spread, spread, setSpread, 0, 20],
                [words.wallets.minutes, minutes, setMinutes, 1, 1440],
                [words.wallets.hours, hours, setHours, 0, 720],
              ] as const
            ).map(([label, value, onChange, min, max]) => (
              <NumberInput key={label} {...{ label, value, onChange, min, max }} readOnly={isFixed} />
            ))}
          </SimpleGrid>
          {!isFixed && (
            <Group justify="end">
              <Button type="submit" loading={save.isPending}>
                {words.wallets.saveTerms}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  )
}
