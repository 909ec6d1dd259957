import { Badge, Button, Group, Modal, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PortalPaths } from '../../../api/routes.ts'
import { answerOf, api, newPress } from '../../client.ts'
import { useFormat } from '../../format.ts'
import { ChangeForm } from '../../parts/change-form.tsx'
import { Loaded } from '../../parts/refusal.tsx'
import { useShopChange } from '../../parts/shop-change.ts'
import { ShownOnce } from '../../parts/shown-once.tsx'
import { useApiTitle } from '../../session.ts'
import { useMay, useShop } from '../../shop.ts'
import { useDeveloperWords } from '../../words/developers/index.ts'
import { DeveloperRoom } from './room.tsx'

type Keys = PortalPaths['/merchants/{merchant}/keys']['get']['responses'][200]['content']['application/json']
type Key = Keys['keys'][number]
type Open = { readonly what: 'make' } | { readonly what: 'rotate' | 'revoke'; readonly key: Key } | null

export function KeysPage() {
  const words = useDeveloperWords()
  const may = useMay()
  const { id } = useShop()
  const [open, setOpen] = useState<Open>(null)
  const keys = useQuery({
    queryKey: ['keys', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/keys', { params: { path: { merchant: String(id) } } })),
  })
  const close = () => setOpen(null)
  return (
    <DeveloperRoom>
      <Text c="dimmed">{words.keys.intro}</Text>
      <Loaded of={keys}>
        {(data) => (
          <Stack>
            {may('reveal_key') && (
              <Group>
                <Button onClick={() => setOpen({ what: 'make' })}>{words.keys.make}</Button>
              </Group>
            )}
            <List {...data} onOpen={setOpen} />
            <Modal opened={open !== null} onClose={close} title={open && titleOf(open.what, words.keys)}>
              {open?.what === 'make' && <Make choices={data.choices} onDone={close} />}
              {open?.what === 'rotate' && <Rotate of={open.key} onDone={close} />}
              {open?.what === 'revoke' && <Revoke of={open.key} onDone={close} />}
            </Modal>
          </Stack>
        )}
      </Loaded>
    </DeveloperRoom>
  )
}

function titleOf(
  what: 'make' | 'rotate' | 'revoke',
  words: { make: string; rotateTitle: string; revokeTitle: string },
) {
  return { make: words.make, rotate: words.rotateTitle, revoke: words.revokeTitle }[what]
}

function List({ keys, onOpen }: Keys & { onOpen: (open: Open) => void }) {
  const words = useDeveloperWords()
  const isGone = (key: Key) => !key.isLive
  const [live, gone] = [keys.filter((key) => !isGone(key)), keys.filter(isGone)]
  return (
    <Stack gap="xs">
      {live.length === 0 && <Text>{words.keys.empty}</Text>}
      {live.toReversed().map((key) => (
        <KeyCard key={key.id} of={key} isGone={false} onOpen={onOpen} />
      ))}
      {gone.length > 0 && (
        <details>
          <summary>{words.keys.gone(gone.length)}</summary>
          <Stack gap="xs" mt="xs">
            {gone.toReversed().map((key) => (
              <KeyCard key={key.id} of={key} isGone onOpen={onOpen} />
            ))}
          </Stack>
        </details>
      )}
    </Stack>
  )
}

function KeyCard({ of: key, isGone, onOpen }: { of: Key; isGone: boolean; onOpen: (open: Open) => void }) {
  const words = useDeveloperWords()
  const format = useFormat()
  const may = useMay()
  const apiTitle = useApiTitle()
  const lastUsed = key.lastUsedAt === null ? words.never : format.time(key.lastUsedAt)
  return (
    <Paper className="panel" p="md" withBorder data-key={key.id}>
      <Group justify="space-between" align="start">
        <div>
          <Text fw={600} className="wrap">
            {key.name || words.keys.unnamed}
          </Text>
          <Text size="sm" className="wrap">
            {apiTitle(key.api)} · {words.keys.kinds[key.kind] ?? key.kind} · {words.keys.endsIn(key.last4)}
          </Text>
          <Text size="sm" c="dimmed">
            {words.keys.created} {format.time(key.createdAt)} · {words.keys.used} {lastUsed}
          </Text>
          <State of={key} isGone={isGone} />
        </div>
        {!isGone && (
          <Group gap="xs">
            {may('reveal_key') && key.expiresAt === null && (
              <Button variant="default" size="xs" onClick={() => onOpen({ what: 'rotate', key })}>
                {words.keys.rotate}
              </Button>
            )}
            {may('manage_keys') && (
              <Button variant="default" size="xs" onClick={() => onOpen({ what: 'revoke', key })}>
                {words.keys.revoke}
              </Button>
            )}
          </Group>
        )}
      </Group>
    </Paper>
  )
}

function State({ of: { expiresAt, revokedAt }, isGone }: { of: Key; isGone: boolean }) {
  const words = useDeveloperWords()
  const format = useFormat()
  const ending = expiresAt === null ? words.keys.live : words.keys.ends(format.time(expiresAt))
  const text = revokedAt !== null ? words.keys.revoked : isGone ? words.keys.ended : ending
  const color = isGone ? 'gray' : expiresAt === null ? 'sea' : 'yellow'
  return (
    <Badge color={color} variant="light" tt="none" c="var(--mantine-color-text)" mt={4}>
      {text}
    </Badge>
  )
}

function Make({ choices, onDone }: { choices: Keys['choices']; onDone: () => void }) {
  const words = useDeveloperWords()
  const apiTitle = useApiTitle()
  const [apiName, setApi] = useState(choices[0]?.api ?? '')
  const kinds = choices.find((each) => each.api === apiName)?.kinds ?? []
  const [chosen, setKind] = useState('')
  const kind = kinds.includes(chosen) ? chosen : (kinds[0] ?? '')
  const [name, setName] = useState('')
  const [press] = useState(newPress)
  const make = useShopChange('keys', (merchant, _: undefined) =>
    answerOf(
      api.POST('/merchants/{merchant}/keys', {
        params: { path: { merchant } },
        body: { api: apiName, kind, name, press },
      }),
    ),
  )
  if (make.data) return <TheKey text={make.data.key} onDone={onDone} />
  return (
    <ChangeForm change={make} submit={words.keys.make} onLeave={onDone}>
      <TextInput
        label={words.keys.name}
        description={words.keys.nameHint}
        maxLength={60}
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={words.keys.api}
        allowDeselect={false}
        value={apiName}
        data={choices.map(({ api: value }) => ({ value, label: apiTitle(value) }))}
        onChange={(value) => value && setApi(value)}
      />
      <Select
        label={words.keys.kind}
        allowDeselect={false}
        value={kind}
        data={kinds.map((value) => ({ value, label: words.keys.kinds[value] ?? value }))}
        onChange={(value) => value && setKind(value)}
      />
    </ChangeForm>
  )
}

function Rotate({ of: key, onDone }: { of: Key; onDone: () => void }) {
  const words = useDeveloperWords()
  const [overlap, setOverlap] = useState('86400')
  const [press] = useState(newPress)
  const rotate = useShopChange('keys', (merchant, _: undefined) =>
    answerOf(
      api.POST('/merchants/{merchant}/keys/{key}/rotate', {
        params: { path: { merchant, key: key.id } },
        body: { overlapSeconds: Number(overlap), press },
      }),
    ),
  )
  if (rotate.data) return <TheKey text={rotate.data.key} onDone={onDone} />
  return (
    <ChangeForm change={rotate} submit={words.keys.rotate} onLeave={onDone}>
      <Text size="sm">{words.keys.rotateIntro}</Text>
      <Select
        label={words.keys.overlap}
        allowDeselect={false}
        value={overlap}
        data={Object.entries(words.keys.overlaps).map(([value, label]) => ({ value, label }))}
        onChange={(value) => value && setOverlap(value)}
      />
    </ChangeForm>
  )
}

function Revoke({ of: key, onDone }: { of: Key; onDone: () => void }) {
  const words = useDeveloperWords()
  const revoke = useShopChange(
    'keys',
    (merchant, _: undefined) =>
      answerOf(api.DELETE('/merchants/{merchant}/keys/{key}', { params: { path: { merchant, key: key.id } } })),
    onDone,
  )
  return (
    <ChangeForm change={revoke} submit={words.keys.revoke} onLeave={onDone}>
      <Text size="sm" className="wrap">
        {words.keys.revokeSure(key.name || words.keys.endsIn(key.last4))}
      </Text>
    </ChangeForm>
  )
}

function TheKey({ text, onDone }: { text: string; onDone: () => void }) {
  const words = useDeveloperWords()
  return (
    <Stack>
      <ShownOnce text={text} hint={words.keys.shown} />
      <Button onClick={onDone}>{words.keys.close}</Button>
    </Stack>
  )
}
