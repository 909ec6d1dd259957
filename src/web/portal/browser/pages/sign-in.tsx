import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { startAuthentication } from '@simplewebauthn/browser'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ApiError, answerOf, api, root } from '../client.ts'
import { Door } from '../parts/door.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { useForgetAll } from '../session.ts'
import { useWords } from '../words/index.ts'

export function SignInPage() {
  const words = useWords()
  const [needsCode, setNeedsCode] = useState(false)
  return (
    <Door title={needsCode ? words.signIn.codeTitle : words.signIn.title}>
      {needsCode ? <CodeForm /> : <PasswordForm onCode={() => setNeedsCode(true)} />}
    </Door>
  )
}

/** Whoever comes in finds nothing that was read for somebody else, and the page that they had wanted to see. */
export function useComeIn(): () => void {
  const navigate = useNavigate()
  const forget = useForgetAll()
  const { to = '' } = useSearch({ strict: false })
  const { parseSearch } = useRouter().options
  return () => {
    forget()
    // A path of this portal and nothing else: an address that anybody can write must not send people away.
    const [, path = '/home', query = ''] = /^((?:\/[\w-]+)+)(\?.*)?$/.exec(to) ?? []
    void navigate({ to: path, search: parseSearch(query) } as never)
  }
}

function PasswordForm({ onCode }: { onCode: () => void }) {
  const words = useWords()
  const comeIn = useComeIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => answerOf(api.POST('/session', { body: { email, password } })),
    onSuccess: ({ needs }) => (needs === 'second_factor' ? onCode() : comeIn()),
  })
  const passkey = useMutation({ mutationFn: () => signInWithPasskey(words.signIn.noPasskey), onSuccess: comeIn })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    passkey.reset()
    signIn.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Refusal error={signIn.error ?? passkey.error} />
        <TextInput
          label={words.signIn.email}
          type="email"
          autoComplete="username webauthn"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={words.signIn.password}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': words.signIn.showPassword }}
        />
        <Button type="submit" loading={signIn.isPending}>
          {words.signIn.submit}
        </Button>
        <Button variant="default" onClick={() => passkey.mutate()} loading={passkey.isPending}>
          {words.signIn.passkey}
        </Button>
        {document.querySelector('meta[name="tercet-mode"][content="sandbox"]') && (
          <Anchor href={`${root}/portal/demo`} ta="center" size="sm">
            {words.signIn.demo}
          </Anchor>
        )}
      </Stack>
    </form>
  )
}

async function signInWithPasskey(noPasskey: string) {
  const options = await answerOf(api.POST('/session/passkey/options'))
  const answer = await startAuthentication({ optionsJSON: options as never }).catch(() => {
    throw new ApiError(400, { message: noPasskey })
  })
  return await answerOf(api.POST('/session/passkey', { body: answer as never }))
}

function CodeForm() {
  const words = useWords()
  const comeIn = useComeIn()
  const [code, setCode] = useState('')
  const finish = useMutation({
    mutationFn: () => answerOf(api.POST('/session/code', { body: { code } })),
    onSuccess: comeIn,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    finish.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Refusal error={finish.error} />
        <TextInput
          label={words.signIn.code}
          autoComplete="one-time-code"
          autoFocus
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={finish.isPending}>
          {words.signIn.codeSubmit}
        </Button>
      </Stack>
    </form>
  )
}
