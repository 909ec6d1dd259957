import { Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { createElement, useEffect, useState } from 'react'
import { answerOf, api, root } from '../../client.ts'
import { decimalTyped } from '../../format.ts'
import { Loaded } from '../../parts/refusal.tsx'
import { Section } from '../../parts/section.tsx'
import { useShop } from '../../shop.ts'
import { useDeveloperWords } from '../../words/developers/index.ts'
import { escaped, Markup } from './markup.tsx'
import { type Buttons, PayButton } from './pay-button.tsx'
import { DeveloperRoom } from './room.tsx'

export function ButtonsPage() {
  const { id } = useShop()
  const facts = useQuery({
    queryKey: ['buttons', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/buttons', { params: { path: { merchant: String(id) } } })),
  })
  return (
    <DeveloperRoom>
      <Loaded of={facts}>
        {(data) => (
          <Stack>
            <Widget facts={data} />
            <PayButton facts={data} />
          </Stack>
        )}
      </Loaded>
    </DeveloperRoom>
  )
}

function Widget({ facts: { widgetToken, products, publicUrl, currency } }: { facts: Buttons }) {
  const { buttons: words } = useDeveloperWords()
  const [amount, setAmount] = useState('129.00')
  const [type, setType] = useState('product')
  const [product, setProduct] = useState('')
  const [theme, setTheme] = useState('system')
  if (widgetToken === null) return <Text>{words.noWidget}</Text>
  const attributes = {
    'merchant-token': widgetToken,
    amount: decimalTyped(amount),
    type,
    'dark-mode': theme,
    ...(product && { 'product-type': `[${product}]` }),
  }
  const markup = [
    `<script type="module" src="${publicUrl}/widget/tercet-widget.js"></script>`,
    `<tercet-widget ${Object.entries(attributes)
      .map(([name, value]) => `${name}="${escaped(value)}"`)
      .join(' ')}></tercet-widget>`,
  ].join('\n')
  return (
    <Section title={words.widget}>
      <Text size="sm" c="dimmed">
        {words.widgetHint}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <TextInput
          label={`${words.price} (${currency})`}
          inputMode="decimal"
          maxLength={12}
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <Choice label={words.place} value={type} names={words.places} onChange={setType} />
        <Select
          label={words.product}
          allowDeselect={false}
          value={product}
          data={[{ value: '', label: words.everyProduct }, ...products.map((value) => ({ value, label: value }))]}
          onChange={(value) => setProduct(value ?? '')}
        />
        <Choice label={words.theme} value={theme} names={words.themes} onChange={setTheme} />
      </SimpleGrid>
      <Title order={3} size="h5">
        {words.preview}
      </Title>
      <Preview attributes={attributes} />
      <Markup text={markup} />
    </Section>
  )
}

function Choice({
  label,
  value,
  names,
  onChange,
}: {
  label: string
  value: string
  names: Readonly<Record<string, string>>
  onChange: (value: string) => void
}) {
  return (
    <Select
      label={label}
      allowDeselect={false}
      value={value}
      data={Object.entries(names).map(([each, name]) => ({ value: each, label: name }))}
      onChange={(next) => next && onChange(next)}
    />
  )
}

/** The element itself, from this server: what is seen here is what a shop's page shows. */
function Preview({ attributes }: { attributes: Readonly<Record<string, string>> }) {
  useEffect(() => {
    const src = `${root}/widget/tercet-widget.js`
    if (document.querySelector(`script[src="${src}"]`)) return
    document.head.append(Object.assign(document.createElement('script'), { type: 'module', src }))
  }, [])
  // A new element for new attributes, as a page that is loaded anew.
  return (
    <div className="preview">{createElement('tercet-widget', { ...attributes, key: JSON.stringify(attributes) })}</div>
  )
}
