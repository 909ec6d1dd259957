import { Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Field, fieldsOf, type Kind, textOf, typedValue } from '../catalogue-fields.ts'
import { answerOf, api } from '../client.ts'
import { useWords } from '../words/index.ts'
import { ChangeForm } from './change-form.tsx'
import { useShopChange } from './shop-change.ts'

type Props = {
  organization: string
  kind: Kind
  /** null for a new one */
  entity: { readonly id: string; readonly entity: string } | null
  onDone: () => void
}

/** One entity of a catalogue. What the form does not know of it goes back as it came; the server's checks are those of its API. */
export function EntityForm({ organization, kind, entity, onDone }: Props) {
  const words = useWords()
  const [known] = useState<Record<string, unknown>>(() => (entity ? JSON.parse(entity.entity) : { enabled: true }))
  const [id, setId] = useState(() => entity?.id ?? (kind === 'discountRules' ? '' : crypto.randomUUID()))
  const fields: readonly Field[] = fieldsOf[kind]
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(fields.map((field) => [field.name, textOf(field.kind, known[field.name])])),
  )
  const save = useShopChange(
    'catalogue',
    async (merchant, _: undefined) => {
      const typed = fields.map((field) => [field.name, typedValue(field.kind, texts[field.name] ?? '')])
      const whole = { ...known, ...Object.fromEntries(typed) }
      return await answerOf(
        api.PUT('/merchants/{merchant}/catalogue/{organization}/{kind}/{id}', {
          params: { path: { merchant, organization, kind, id } },
          body: { entity: JSON.stringify(whole) },
        }),
      )
    },
    onDone,
  )
  const set = (name: string) => (text: string) => setTexts((before) => ({ ...before, [name]: text }))
  return (
    <ChangeForm change={save} submit={words.catalogue.save} onLeave={onDone}>
      {entity === null && kind === 'discountRules' && (
        <TextInput
          label={words.catalogue.machineName}
          required
          maxLength={64}
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
        />
      )}
      {fields.map((field) => (
        <FieldInput key={field.name} field={field} text={texts[field.name] ?? ''} onChange={set(field.name)} />
      ))}
      <Text size="xs" c="dimmed" className="wrap">
        {id}
      </Text>
    </ChangeForm>
  )
}

function FieldInput({ field, text, onChange }: { field: Field; text: string; onChange: (text: string) => void }) {
  const words = useWords()
  const label = words.catalogue.fields[field.name as keyof typeof words.catalogue.fields] ?? field.name
  if (field.kind === 'yes')
    return (
      <label className="check">
        <input
          type="checkbox"
          checked={text === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
        {label}
      </label>
    )
  if (field.kind === 'json')
    return (
      <Textarea
        label={label}
        description={words.catalogue.hints[field.name as keyof typeof words.catalogue.hints]}
        autosize
        minRows={2}
        maxRows={12}
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      label={label}
      description={words.catalogue.descriptions[field.kind as keyof typeof words.catalogue.descriptions]}
      required={field.isRequired ?? false}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
