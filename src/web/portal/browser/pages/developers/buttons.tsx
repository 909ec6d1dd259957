import { Button, Code, CopyButton, Group, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { createElement, useEffect, useState } from 'react'
import type { PortalPaths } from '../../../api/routes.ts'
import { answerOf, api, root } from '../../client.ts'
import { decimalTyped } from '../../format.ts'
import { Loaded } from '../../parts/refusal.tsx'
import { Section } from '../../parts/section.tsx'
import { useShop } from '../../shop.ts'
import { useDeveloperWords } from '../../words/developers/index.ts'
import { useWords } from '../../words/index.ts'
import { DeveloperRoom } from './room.tsx'

type Buttons = PortalPaths['/merchants/{merchant}/buttons']['get']['responses'][200]['content']['application/json']

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
            <PayButton />
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

function PayButton() {
  const { buttons: words } = useDeveloperWords()
  const [text, setText] = useState<string>(words.payText)
  const [address, setAddress] = useState('')
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
        <TextInput
          label={words.payAddress}
          type="url"
          maxLength={2048}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
      </SimpleGrid>
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

function Markup({ text }: { text: string }) {
  const words = useWords()
  const { buttons } = useDeveloperWords()
  return (
    <>
      <Title order={3} size="h5">
        {buttons.markup}
      </Title>
      <Code block className="wrap" tabIndex={0}>
        {text}
      </Code>
      <Group>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? words.people.copied : words.people.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </>
  )
}

/** What somebody typed stays a value in the markup that they copy. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`)
}
