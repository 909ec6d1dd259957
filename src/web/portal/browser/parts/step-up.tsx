import { Button, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { createContext, type FormEvent, type ReactNode, useContext, useRef, useState } from 'react'
import { ApiError, answerOf, api } from '../client.ts'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'
import { Refusal } from './refusal.tsx'

type Guarded = <T>(work: () => Promise<T>) => Promise<T>

const StepUpContext = createContext<Guarded>((work) => work())

/** Does the work; when the server wants a fresh proof of who presses, asks for it and does the work again. */
export function useStepUp(): Guarded {
  return useContext(StepUpContext)
}

export function StepUp({ children }: { children: ReactNode }) {
  const words = useWords()
  const session = useSession()
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [typed, setTyped] = useState('')
  const settle = useRef<(isProved: boolean) => void>(() => undefined)
  const hasTotp = session.data?.hasTotp ?? false

  const guarded: Guarded = async (work) => {
    try {
      return await work()
    } catch (refusal) {
      if (!(refusal instanceof ApiError) || refusal.code !== 'step_up_required') throw refusal
      setTyped('')
      setError(null)
      setOpen(true)
      const isProved = await new Promise<boolean>((resolve) => {
        settle.current = resolve
      })
      setOpen(false)
      if (!isProved) throw refusal
      return await work()
    }
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    answerOf(api.POST('/session/step-up', { body: hasTotp ? { code: typed } : { password: typed } }))
      .then(() => settle.current(true))
      .catch(setError)
  }

  return (
    <StepUpContext value={guarded}>
      {children}
      <Modal opened={isOpen} onClose={() => settle.current(false)} title={words.stepUp.title}>
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">{words.stepUp.intro}</Text>
            <Refusal error={error} />
            {hasTotp ? (
              <TextInput
                label={words.signIn.code}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                autoComplete="one-time-code"
                data-autofocus
                required
              />
            ) : (
              <PasswordInput
                label={words.signIn.password}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                autoComplete="current-password"
                visibilityToggleButtonProps={{ 'aria-label': words.signIn.showPassword }}
                data-autofocus
                required
              />
            )}
            <Button type="submit">{words.stepUp.submit}</Button>
          </Stack>
        </form>
      </Modal>
    </StepUpContext>
  )
}
