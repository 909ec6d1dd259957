import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answerOf, api } from '../client.ts'
import { useMay, useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'
import { Loaded, Refusal } from './refusal.tsx'
import { Section } from './section.tsx'
import { useShopChange } from './shop-change.ts'

/** What a shop's own system signs its orders with: typed here, and never shown again. */
export function ShopSystem() {
  const words = useWords().wallets.shopSystem
  const { id } = useShop()
  const system = useQuery({
    queryKey: ['shop-system', id],
    queryFn: () =>
      answerOf(api.GET('/merchants/{merchant}/shop-system', { params: { path: { merchant: String(id) } } })),
  })
  return (
    <Section title={words.title} hint={words.hint}>
      <Loaded of={system}>
        {({ hasSecret, webhookUrl }) => (
          <>
            {webhookUrl && (
              <Text size="sm" className="wrap">
                {words.sendTo}: <code>{webhookUrl}</code>
              </Text>
            )}
            <Text size="sm">{hasSecret ? words.isSet : words.isNotSet}</Text>
            <Secret hasSecret={hasSecret} />
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Secret({ hasSecret }: { hasSecret: boolean }) {
  const words = useWords().wallets.shopSystem
  const may = useMay()
  const [secret, setSecret] = useState('')
  const save = useShopChange(
    'shop-system',
    (merchant, value: string | null) =>
      answerOf(
        api.PUT('/merchants/{merchant}/shop-system', { params: { path: { merchant } }, body: { secret: value } }),
      ),
    () => setSecret(''),
  )
  if (!may('change_wallets')) return null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(secret)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Refusal error={save.error} />
        <Group align="end">
          <PasswordInput
            label={words.secret}
            flex={1}
            miw="16rem"
            required
            minLength={16}
            maxLength={255}
            autoComplete="off"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <Button type="submit" loading={save.isPending}>
            {words.save}
          </Button>
          {hasSecret && (
            <Button variant="default" onClick={() => save.mutate(null)} loading={save.isPending}>
              {words.remove}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
