import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answerOf, api } from '../client.ts'
import { Door } from '../parts/door.tsx'
import { Loaded, Refusal } from '../parts/refusal.tsx'
import { useLanguage, useWords } from '../words/index.ts'
import { useComeIn } from './sign-in.tsx'

export function InvitationPage() {
  const words = useWords()
  const { token = '' } = useParams({ strict: false })
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => answerOf(api.GET('/invitations/{token}', { params: { path: { token } } })),
    retry: false,
  })
  return (
    <Door title={words.invitation.title(invitation.data?.merchant ?? '…')}>
      <Loaded of={invitation}>
        {({ email, role, invitedBy, hasAccount }) => (
          <Stack>
            <Text size="sm">{words.invitation.as(words.roles[role], invitedBy)}</Text>
            <JoinForm token={token} email={email} hasAccount={hasAccount} />
          </Stack>
        )}
      </Loaded>
    </Door>
  )
}

function JoinForm({ token, email, hasAccount }: { token: string; email: string; hasAccount: boolean }) {
  const words = useWords()
  const { language } = useLanguage()
  const comeIn = useComeIn()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const join = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/invitations/{token}', {
          params: { path: { token } },
          body: { name: name || email, password, language },
        }),
      ),
    onSuccess: comeIn,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    join.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Refusal error={join.error} />
        <TextInput label={words.signIn.email} value={email} readOnly autoComplete="username" />
        {!hasAccount && (
          <TextInput
            label={words.invitation.name}
            autoComplete="name"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={hasAccount ? words.invitation.known : words.invitation.choose}
          description={hasAccount ? undefined : words.invitation.chooseHint}
          autoComplete={hasAccount ? 'current-password' : 'new-password'}
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': words.signIn.showPassword }}
        />
        <Button type="submit" loading={join.isPending}>
          {words.invitation.submit}
        </Button>
      </Stack>
    </form>
  )
}
