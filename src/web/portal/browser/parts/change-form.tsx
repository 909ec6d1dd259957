import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useWords } from '../words/index.ts'
import { Refusal } from './refusal.tsx'

type Change = { readonly error: unknown; readonly isPending: boolean; readonly mutate: (input: undefined) => void }

/** The form of a dialog: what is asked, what the server refused, one button that does it and one that leaves it. */
export function ChangeForm({
  change,
  submit,
  onLeave,
  children,
}: {
  change: Change
  submit: string
  onLeave: () => void
  children: ReactNode
}) {
  const words = useWords()
  const send = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(undefined)
  }
  return (
    <form onSubmit={send}>
      <Stack>
        <Refusal error={change.error} />
        {children}
        <Group justify="end">
          <Button variant="default" onClick={onLeave}>
            {words.order.cancel}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
