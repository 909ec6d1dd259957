import { Select, SimpleGrid, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import type { PortalPaths } from '../../../api/routes.ts'
import { decimalTyped } from '../../format.ts'
import { Section } from '../../parts/section.tsx'
import { useDeveloperWords } from '../../words/developers/index.ts'
import { escaped, Markup } from './markup.tsx'

/** What markup of a shop's pages names. */
export type Buttons =
  PortalPaths['/merchants/{merchant}/buttons']['get']['responses'][200]['content']['application/json']

type Place = 'account' | 'donation' | 'address'

/** A link that looks like a button: to the shop's own page for any amount, or to whatever address is paid at. */
export function PayButton({ facts: { ownAmount, currency } }: { facts: Buttons }) {
  const { buttons: words } = useDeveloperWords()
  const [text, setText] = useState<string>(words.payText)
  const [chosen, setPlace] = useState<Place>('account')
  const place = ownAmount === null ? 'address' : chosen
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState<Asked>({ amount: '', currency, chain: '' })
  const address = ownAmount === null || place === 'address' ? typed : linkTo(ownAmount[place], asked)
  const markup = `<a href="${escaped(address || 'https://…')}"
  style="display:inline-block;padding:.75rem 1.5rem;border-radius:.5rem;background:#0b5c49;color:#fff;font:600 1rem system-ui;text-decoration:none">${escaped(text)}</a>`
  return (
    <Section title={words.pay}>
      <Text size="sm" c="dimmed">
        {words.payHint}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={words.payLabel}
          maxLength={60}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {ownAmount !== null && (
          <Select
            label={words.payPlace}
            allowDeselect={false}
            value={place}
            data={(['account', 'donation', 'address'] as const).map((value) => ({
              value,
              label: words.payPlaces[value],
            }))}
            onChange={(value) => value && setPlace(value as Place)}
          />
        )}
        {place === 'address' && (
          <TextInput
            label={words.payAddress}
            type="url"
            maxLength={2048}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </SimpleGrid>
      {ownAmount !== null && place !== 'address' && (
        <AskedFields chains={ownAmount.chains} asked={asked} onChange={setAsked} />
      )}
      <Title order={3} size="h5">
        {words.preview}
      </Title>
      <div className="preview">
        <span className="pay-button">{text}</span>
      </div>
      <Markup text={markup} />
    </Section>
  )
}

type Asked = { readonly amount: string; readonly currency: string; readonly chain: string }

/** What the page begins with; its payer may change each. */
function AskedFields({
  chains,
  asked,
  onChange,
}: {
  chains: NonNullable<Buttons['ownAmount']>['chains']
  asked: Asked
  onChange: (asked: Asked) => void
}) {
  const { buttons: words } = useDeveloperWords()
  return (
    <>
      <Text size="sm" c="dimmed">
        {words.payMayChange}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <TextInput
          label={words.payAmount}
          inputMode="decimal"
          maxLength={15}
          value={asked.amount}
          onChange={(event) => onChange({ ...asked, amount: event.currentTarget.value })}
        />
        <TextInput
          label={words.payCurrency}
          maxLength={3}
          value={asked.currency}
          onChange={(event) => onChange({ ...asked, currency: event.currentTarget.value.toUpperCase() })}
        />
        <Select
          label={words.payChain}
          allowDeselect={false}
          value={asked.chain}
          data={[
            { value: '', label: words.payAnyChain },
            ...chains.map(({ chainId, name }) => ({ value: String(chainId), label: name })),
          ]}
          onChange={(value) => onChange({ ...asked, chain: value ?? '' })}
        />
      </SimpleGrid>
    </>
  )
}

/** Only what was said: the page has its own answer for the rest. */
function linkTo(page: string, { amount, currency, chain }: Asked): string {
  const query = new URLSearchParams({
    ...(chain && { chain_id: chain }),
    ...(amount.trim() && { amount: decimalTyped(amount) }),
    ...(currency && { currency }),
  })
  return query.size === 0 ? page : `${page}?${query}`
}
