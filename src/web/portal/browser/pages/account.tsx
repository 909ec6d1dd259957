import { Button, Code, Group, List, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { startRegistration } from '@simplewebauthn/browser'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import encodeQr from 'qr'
import { type FormEvent, useState } from 'react'
import { deviceName } from '../../../shared/device-name.ts'
import { ApiError, answerOf, api } from '../client.ts'
import { useFormat } from '../format.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded, Refusal } from '../parts/refusal.tsx'
import { Section } from '../parts/section.tsx'
import { useStepUp } from '../parts/step-up.tsx'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'

export function AccountPage() {
  const words = useWords()
  const session = useSession()
  return (
    <Stack maw="44rem">
      <PageTitle>{words.account.title}</PageTitle>
      <Loaded of={session}>
        {({ user, hasTotp, recoveryCodesLeft }) => (
          <>
            <Text c="dimmed" className="wrap">
              {user.name} · {user.email}
            </Text>
            <Password />
            <AuthenticatorApp isOn={hasTotp} codesLeft={recoveryCodesLeft} />
          </>
        )}
      </Loaded>
      <PasskeyList />
      <Sessions />
    </Stack>
  )
}

/** Work that the server wants a fresh proof for; afterwards what is shown of the account is read again. */
function useChange<T, R>(work: (value: T) => Promise<R>) {
  const guarded = useStepUp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (value: T) => guarded(() => work(value)),
    onSuccess: () =>
      Promise.all([['session'], ['passkeys'], ['sessions']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

function Password() {
  const words = useWords()
  const [password, setPassword] = useState('')
  const change = useChange((_: undefined) => answerOf(api.PUT('/account/password', { body: { password } })))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(undefined, { onSuccess: () => setPassword('') })
  }
  return (
    <Section title={words.account.password}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Refusal error={change.error} />
          {change.isSuccess && <Text role="status">{words.account.passwordChanged}</Text>}
          <PasswordInput
            label={words.account.newPassword}
            description={words.invitation.chooseHint}
            autoComplete="new-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': words.signIn.showPassword }}
          />
          <Group>
            <Button type="submit" variant="default" loading={change.isPending}>
              {words.account.changePassword}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}

function AuthenticatorApp({ isOn, codesLeft }: { isOn: boolean; codesLeft: number }) {
  const words = useWords()
  const [code, setCode] = useState('')
  const offer = useChange((_: undefined) => answerOf(api.POST('/account/totp/offer')))
  const enable = useChange((secret: string) => answerOf(api.PUT('/account/totp', { body: { secret, code } })))
  const disable = useChange((_: undefined) => answerOf(api.DELETE('/account/totp')))
  const renew = useChange((_: undefined) => answerOf(api.POST('/account/recovery-codes')))
  const shown = (renew.data ?? enable.data)?.recoveryCodes
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (offer.data) enable.mutate(offer.data.secret, { onSuccess: () => offer.reset() })
  }
  return (
    <Section title={words.account.app} hint={isOn ? words.account.appOn : words.account.appOff}>
      <Refusal error={offer.error ?? enable.error ?? disable.error ?? renew.error} />
      {shown && (
        <output>
          <Text fw={600}>{words.account.recovery}</Text>
          <Text size="sm">{words.account.recoveryHint}</Text>
          <List listStyleType="none">
            {shown.map((each) => (
              <List.Item key={each}>
                <Code>{each}</Code>
              </List.Item>
            ))}
          </List>
        </output>
      )}
      {!isOn && offer.data && (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text size="sm">{words.account.scan}</Text>
            <img
              className="qr"
              alt=""
              src={`data:image/svg+xml;utf8,${encodeURIComponent(encodeQr(offer.data.uri, 'svg'))}`}
            />
            <Text size="sm">
              {words.account.key}: <Code className="wrap">{offer.data.secret}</Code>
            </Text>
            <TextInput
              label={words.account.codeShown}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <Group>
              <Button type="submit" loading={enable.isPending}>
                {words.account.finish}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      <Group>
        {!isOn && !offer.data && (
          <Button variant="default" onClick={() => offer.mutate(undefined)} loading={offer.isPending}>
            {words.account.appStart}
          </Button>
        )}
        {isOn && (
          <>
            <Text size="sm">{words.account.recoveryLeft(codesLeft)}</Text>
            <Button variant="default" size="xs" onClick={() => renew.mutate(undefined)}>
              {words.account.recoveryNew}
            </Button>
            <Button variant="default" size="xs" onClick={() => disable.mutate(undefined)}>
              {words.account.appStop}
            </Button>
          </>
        )}
      </Group>
    </Section>
  )
}

function PasskeyList() {
  const words = useWords()
  const format = useFormat()
  const [name, setName] = useState('')
  const list = useQuery({ queryKey: ['passkeys'], queryFn: () => answerOf(api.GET('/account/passkeys')) })
  const add = useChange(async (_: undefined) => {
    const options = await answerOf(api.POST('/account/passkeys/options'))
    const answer = await startRegistration({ optionsJSON: options as never }).catch(() => {
      throw new ApiError(400, { message: words.signIn.noPasskey })
    })
    return await answerOf(api.POST('/account/passkeys', { body: { name, answer: answer as never } }))
  })
  const remove = useChange((passkey: string) =>
    answerOf(api.DELETE('/account/passkeys/{passkey}', { params: { path: { passkey } } })),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate(undefined, { onSuccess: () => setName('') })
  }
  return (
    <Section title={words.account.passkeys} hint={words.account.passkeysHint}>
      <Refusal error={add.error ?? remove.error} />
      <Loaded of={list}>
        {({ passkeys }) => (
          <Stack gap="xs">
            {passkeys.map((key) => (
              <Group key={key.id} justify="space-between">
                <Text size="sm" className="wrap">
                  {key.name} · {format.day(key.createdAt)}
                </Text>
                <Button variant="default" size="xs" onClick={() => remove.mutate(key.id)}>
                  {words.people.remove}
                </Button>
              </Group>
            ))}
          </Stack>
        )}
      </Loaded>
      <form onSubmit={submit}>
        <Group align="end">
          <TextInput
            label={words.account.passkeyName}
            maxLength={60}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={add.isPending}>
            {words.account.addPasskey}
          </Button>
        </Group>
      </form>
    </Section>
  )
}

function Sessions() {
  const words = useWords()
  const format = useFormat()
  const list = useQuery({ queryKey: ['sessions'], queryFn: () => answerOf(api.GET('/sessions')) })
  const end = useChange((session: string) =>
    answerOf(api.DELETE('/sessions/{session}', { params: { path: { session } } })),
  )
  return (
    <Section title={words.account.sessions}>
      <Refusal error={end.error} />
      <Loaded of={list}>
        {({ sessions }) => (
          <Stack gap="xs">
            {sessions.map((session) => (
              <Group key={session.id} justify="space-between" wrap="nowrap">
                <Text size="sm" className="wrap">
                  {deviceName(session.agent)} · {session.address} · {format.time(session.seenAt)}
                  {session.isThis && ` · ${words.account.thisSession}`}
                </Text>
                {!session.isThis && (
                  <Button variant="default" size="xs" flex="none" onClick={() => end.mutate(session.id)}>
                    {words.account.end}
                  </Button>
                )}
              </Group>
            ))}
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}
