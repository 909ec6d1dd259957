import { Button, Checkbox, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PortalPaths } from '../../../api/routes.ts'
import { answerOf, api, newPress } from '../../client.ts'
import { ChangeForm } from '../../parts/change-form.tsx'
import { useShopChange } from '../../parts/shop-change.ts'
import { ShownOnce } from '../../parts/shown-once.tsx'
import { useShop } from '../../shop.ts'
import { useDeveloperWords } from '../../words/developers/index.ts'

export type Endpoints =
  PortalPaths['/merchants/{merchant}/webhooks/endpoints']['get']['responses'][200]['content']['application/json']
export type Endpoint = Endpoints['endpoints'][number]

type FormProps = { readonly of: Endpoint; readonly onDone: () => void }
type Fields = { readonly url: string; readonly description: string; readonly events: readonly string[] }

export function AddEndpoint({ known, onDone }: { known: Endpoints; onDone: () => void }) {
  const words = useDeveloperWords()
  const [fields, setFields] = useState<Fields>({ url: '', description: '', events: known.usual })
  const [press] = useState(newPress)
  const add = useShopChange('endpoints', (merchant, _: undefined) =>
    answerOf(
      api.POST('/merchants/{merchant}/webhooks/endpoints', {
        params: { path: { merchant } },
        body: { ...fields, events: [...fields.events], press },
      }),
    ),
  )
  if (add.data) return <TheSecret text={add.data.secret} onDone={onDone} />
  return (
    <ChangeForm change={add} submit={words.webhooks.add} onLeave={onDone}>
      <EndpointFields fields={fields} known={known} onChange={setFields} />
    </ChangeForm>
  )
}

export function EditEndpoint({ of: endpoint, known, onDone }: FormProps & { known: Endpoints }) {
  const words = useDeveloperWords()
  const { url, description, events } = endpoint
  const [fields, setFields] = useState<Fields>({ url, description, events })
  const save = useShopChange(
    'endpoints',
    (merchant, _: undefined) =>
      answerOf(
        api.PATCH('/merchants/{merchant}/webhooks/endpoints/{endpoint}', {
          params: { path: { merchant, endpoint: endpoint.id } },
          // The address where it has changed alone: for that the server wants a fresh proof.
          body: {
            ...{ description: fields.description, events: [...fields.events] },
            ...(fields.url !== url && { url: fields.url }),
          },
        }),
      ),
    onDone,
  )
  return (
    <ChangeForm change={save} submit={words.webhooks.save} onLeave={onDone}>
      <EndpointFields fields={fields} known={known} onChange={setFields} />
    </ChangeForm>
  )
}

function EndpointFields({
  fields,
  known,
  onChange,
}: {
  fields: Fields
  known: Endpoints
  onChange: (fields: Fields) => void
}) {
  const { webhooks: words } = useDeveloperWords()
  const toggled = (name: string, isChosen: boolean) =>
    known.events.filter((each) => (each === name ? isChosen : fields.events.includes(each)))
  return (
    <>
      <TextInput
        label={words.url}
        description={words.urlHint}
        type="url"
        required
        maxLength={2048}
        data-autofocus
        value={fields.url}
        onChange={(event) => onChange({ ...fields, url: event.currentTarget.value })}
      />
      <TextInput
        label={words.description}
        maxLength={200}
        value={fields.description}
        onChange={(event) => onChange({ ...fields, description: event.currentTarget.value })}
      />
      <fieldset className="plain">
        <legend>{words.events}</legend>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          {known.events.map((name) => (
            <Checkbox
              key={name}
              label={name.replaceAll('_', ' ')}
              checked={fields.events.includes(name)}
              onChange={(event) => onChange({ ...fields, events: toggled(name, event.currentTarget.checked) })}
            />
          ))}
        </SimpleGrid>
      </fieldset>
    </>
  )
}

export function TestEndpoint({ of: endpoint, onDone }: FormProps) {
  const { webhooks: words } = useDeveloperWords()
  const { id } = useShop()
  const client = useQueryClient()
  const [event, setEvent] = useState(endpoint.events.includes('captured') ? 'captured' : (endpoint.events[0] ?? ''))
  const [press] = useState(newPress)
  const test = useShopChange(
    'endpoints',
    (merchant, _: undefined) =>
      answerOf(
        api.POST('/merchants/{merchant}/webhooks/endpoints/{endpoint}/test', {
          params: { path: { merchant, endpoint: endpoint.id } },
          body: { event, press },
        }),
      ),
    () => {
      void client.invalidateQueries({ queryKey: ['deliveries', id] })
      onDone()
    },
  )
  return (
    <ChangeForm change={test} submit={words.test} onLeave={onDone}>
      <Text size="sm">{words.testIntro}</Text>
      <Select
        label={words.testEvent}
        allowDeselect={false}
        value={event}
        data={endpoint.events.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        onChange={(value) => value && setEvent(value)}
      />
    </ChangeForm>
  )
}

export function RotateSecret({ of: endpoint, onDone }: FormProps) {
  const { webhooks: words } = useDeveloperWords()
  const [press] = useState(newPress)
  const rotate = useShopChange('endpoints', (merchant, _: undefined) =>
    answerOf(
      api.POST('/merchants/{merchant}/webhooks/endpoints/{endpoint}/rotate', {
        params: { path: { merchant, endpoint: endpoint.id } },
        body: { press },
      }),
    ),
  )
  if (rotate.data) return <TheSecret text={rotate.data.secret} onDone={onDone} />
  return (
    <ChangeForm change={rotate} submit={words.rotate} onLeave={onDone}>
      <Text size="sm">{words.rotateIntro}</Text>
    </ChangeForm>
  )
}

export function RemoveEndpoint({ of: endpoint, onDone }: FormProps) {
  const { webhooks: words } = useDeveloperWords()
  const remove = useShopChange(
    'endpoints',
    (merchant, _: undefined) =>
      answerOf(
        api.DELETE('/merchants/{merchant}/webhooks/endpoints/{endpoint}', {
          params: { path: { merchant, endpoint: endpoint.id } },
        }),
      ),
    onDone,
  )
  return (
    <ChangeForm change={remove} submit={words.remove} onLeave={onDone}>
      <Text size="sm" className="wrap">
        {words.removeSure(endpoint.url)}
      </Text>
    </ChangeForm>
  )
}

function TheSecret({ text, onDone }: { text: string; onDone: () => void }) {
  const { webhooks: words } = useDeveloperWords()
  return (
    <Stack>
      <ShownOnce text={text} hint={words.secret} />
      <Button onClick={onDone}>{words.close}</Button>
    </Stack>
  )
}
