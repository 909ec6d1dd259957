import { Alert, Button, FileInput, Group, Paper, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { PortalPaths } from '../../api/routes.ts'
import { answerOf, api, root } from '../client.ts'
import { useFormat } from '../format.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded, Refusal } from '../parts/refusal.tsx'
import { useShopChange } from '../parts/shop-change.ts'
import { useShop } from '../shop.ts'
import { useLanguage, useWords } from '../words/index.ts'

type Brand = PortalPaths['/merchants/{merchant}/brand']['get']['responses'][200]['content']['application/json']
type Preview =
  PortalPaths['/merchants/{merchant}/brand/preview']['get']['responses'][200]['content']['application/json']

export function BrandingPage() {
  const words = useWords()
  const { id } = useShop()
  const brand = useQuery({
    queryKey: ['brand', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/brand', { params: { path: { merchant: String(id) } } })),
  })
  return (
    <Stack maw="52rem">
      <PageTitle>{words.branding.title}</PageTitle>
      <Text c="dimmed">{words.branding.intro}</Text>
      <Loaded of={brand}>{(known) => <BrandForm brand={known} />}</Loaded>
    </Stack>
  )
}

function BrandForm({ brand }: { brand: Brand }) {
  const words = useWords()
  const { language: reader } = useLanguage()
  const [colour, setColour] = useState(brand.colour ?? '')
  const [language, setLanguage] = useState(brand.language)
  const [file, setFile] = useState<File | null>(null)
  const save = useShopChange(
    'brand',
    async (merchant: string, isWithoutLogo: boolean) => {
      const logo = isWithoutLogo ? null : file ? await base64Of(file) : undefined
      const body = {
        colour: colour.trim() === '' ? null : colour.trim(),
        language: language as 'en' | null,
        ...(logo !== undefined && { logo }),
      }
      return await answerOf(api.PUT('/merchants/{merchant}/brand', { params: { path: { merchant } }, body }))
    },
    () => setFile(null),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(false)
  }
  const names = new Intl.DisplayNames([reader], { type: 'language' })
  return (
    <Paper className="panel" p="md" withBorder>
      <form onSubmit={submit}>
        <Stack>
          <Refusal error={save.error} />
          {save.isSuccess && <Text role="status">{words.branding.saved}</Text>}
          <Group align="end">
            <TextInput
              label={words.branding.colour}
              description={words.branding.colourHint}
              placeholder="#0b5c49"
              value={colour}
              onChange={(event) => setColour(event.currentTarget.value)}
              flex={1}
            />
            <input
              type="color"
              aria-label={words.branding.pick}
              value={/^#[0-9a-f]{6}$/i.test(colour.trim()) ? colour.trim().toLowerCase() : '#0b5c49'}
              onChange={(event) => setColour(event.currentTarget.value)}
              className="swatch"
            />
          </Group>
          <Select
            label={words.branding.language}
            placeholder={words.branding.everyLanguage}
            clearable
            clearButtonProps={{ 'aria-label': words.branding.everyLanguage }}
            value={language}
            onChange={setLanguage}
            data={brand.languages.map((value) => ({ value, label: names.of(value) ?? value }))}
          />
          <FileInput
            label={words.branding.logo}
            description={words.branding.logoHint}
            accept="image/png,image/jpeg,image/webp,image/gif"
            value={file}
            onChange={setFile}
          />
          <Previews brand={brand} colour={colour} />
          <Group justify="end">
            {brand.logo && (
              <Button variant="default" onClick={() => save.mutate(true)} loading={save.isPending}>
                {words.branding.removeLogo}
              </Button>
            )}
            <Button type="submit" loading={save.isPending}>
              {words.branding.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

/** The colour as the server would use it, with the contrast that is reached, while it is typed. */
function Previews({ brand, colour }: { brand: Brand; colour: string }) {
  const words = useWords()
  const { id } = useShop()
  const wanted = colour.trim() === '' ? '#0b5c49' : colour.trim()
  const shades = useQuery({
    queryKey: ['brand-preview', id, wanted],
    queryFn: () =>
      answerOf(
        api.GET('/merchants/{merchant}/brand/preview', {
          params: { path: { merchant: String(id) }, query: { colour: wanted } },
        }),
      ),
    enabled: /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(wanted),
    placeholderData: (before) => before,
  })
  if (!shades.data) return null
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(['light', 'dark'] as const).map((scheme) => (
          <Sample key={scheme} scheme={scheme} shades={shades.data[scheme]} logo={brand.logo} />
        ))}
      </SimpleGrid>
      {colour.trim() !== '' && (shades.data.light.isShaded || shades.data.dark.isShaded) && (
        <Alert color="yellow" variant="light" role="note">
          <Text size="sm" c="var(--mantine-color-text)">
            {words.branding.shaded}
          </Text>
        </Alert>
      )}
    </>
  )
}

function Sample({ scheme, shades, logo }: { scheme: 'light' | 'dark'; shades: Preview['light']; logo: string | null }) {
  const words = useWords()
  const format = useFormat()
  const { name } = useShop()
  const ink = scheme === 'light' ? '#14201b' : '#edf3f0'
  return (
    <div>
      <Text size="sm" c="dimmed">
        {words.branding[scheme]}
      </Text>
      <div className="sample" style={{ background: shades.ground, color: ink }} aria-hidden="true">
        {logo ? <img src={`${root}${logo}`} alt="" /> : <strong>{name}</strong>}
        <div className="sample-amount">{format.money({ amount: '59.90', currency: 'EUR' })}</div>
        <div style={{ color: shades.accent }}>{words.branding.sampleLink}</div>
        <div className="sample-button" style={{ background: shades.fill, color: shades.onFill }}>
          {words.branding.sampleButton}
        </div>
      </div>
      <Text size="xs" c="dimmed">
        {words.branding.contrast(shades.fillContrast.toFixed(1), shades.accentContrast.toFixed(1))}
      </Text>
    </div>
  )
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
