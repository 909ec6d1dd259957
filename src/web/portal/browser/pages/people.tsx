import { Badge, Button, Group, Modal, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { PortalPaths } from '../../api/routes.ts'
import { answerOf, api } from '../client.ts'
import { useFormat } from '../format.ts'
import { ChangeForm } from '../parts/change-form.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded, Refusal } from '../parts/refusal.tsx'
import { useShopChange } from '../parts/shop-change.ts'
import { ShownOnce } from '../parts/shown-once.tsx'
import { useMay, useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

type People = PortalPaths['/merchants/{merchant}/people']['get']['responses'][200]['content']['application/json']
type Member = People['members'][number]
type Role = Member['role']

export function PeoplePage() {
  const words = useWords()
  const may = useMay()
  const { id } = useShop()
  const people = useQuery({
    queryKey: ['people', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/people', { params: { path: { merchant: String(id) } } })),
  })
  return (
    <Stack>
      <PageTitle>{words.people.title}</PageTitle>
      {may('manage_users') && <Invite />}
      <Loaded of={people}>
        {({ members, invitations }) => (
          <Stack gap="xs">
            {members.map((member) => (
              <Person key={member.id} member={member} />
            ))}
            {invitations.map((invitation) => (
              <Invited key={invitation.email} {...invitation} />
            ))}
          </Stack>
        )}
      </Loaded>
    </Stack>
  )
}

function useRoles() {
  const words = useWords()
  return (Object.keys(words.roles) as Role[]).map((value) => ({ value, label: words.roles[value] }))
}

function Invite() {
  const words = useWords()
  const roles = useRoles()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('support')
  const [link, setLink] = useState<string | null>(null)
  const invite = useShopChange('people', async (merchant: string, _: undefined) => {
    const params = { path: { merchant } }
    const made = await answerOf(api.POST('/merchants/{merchant}/invitations', { params, body: { email, role } }))
    setLink(made.link)
    setEmail('')
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setLink(null)
    invite.mutate(undefined)
  }
  return (
    <Paper className="panel" p="md" withBorder>
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h4">
            {words.people.invite}
          </Title>
          <Refusal error={invite.error} />
          <Group align="end">
            <TextInput
              label={words.people.email}
              type="email"
              required
              flex={1}
              miw="14rem"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Select
              label={words.people.role}
              data={roles}
              value={role}
              allowDeselect={false}
              onChange={(value) => value && setRole(value as Role)}
            />
            <Button type="submit" loading={invite.isPending}>
              {words.people.send}
            </Button>
          </Group>
          {link && <ShownOnce text={link} hint={words.people.link} />}
        </Stack>
      </form>
    </Paper>
  )
}

function Person({ member }: { member: Member }) {
  const words = useWords()
  const format = useFormat()
  const may = useMay()
  const roles = useRoles()
  const [isSure, setSure] = useState(false)
  const path = (merchant: string) => ({ params: { path: { merchant, user: member.id } } })
  const change = useShopChange('people', (merchant: string, role: Role) =>
    answerOf(api.PUT('/merchants/{merchant}/people/{user}', { ...path(merchant), body: { role } })),
  )
  const remove = useShopChange(
    'people',
    (merchant: string, _: undefined) => answerOf(api.DELETE('/merchants/{merchant}/people/{user}', path(merchant))),
    () => setSure(false),
  )
  return (
    <Paper className="panel" p="md" withBorder>
      <Refusal error={change.error} />
      <Group justify="space-between">
        <div>
          <Text fw={600}>
            {member.name} {member.isYou && <Badge variant="default">{words.people.you}</Badge>}
          </Text>
          <Text size="sm" c="dimmed" className="wrap">
            {member.email} · {words.people.since} {format.day(member.since)} ·{' '}
            {member.hasSecondFactor ? words.people.second : words.people.noSecond}
          </Text>
        </div>
        {may('manage_users') ? (
          <Group>
            <Select
              aria-label={`${words.people.role}: ${member.name}`}
              data={roles}
              value={member.role}
              allowDeselect={false}
              onChange={(value) => value && value !== member.role && change.mutate(value as Role)}
            />
            <Button variant="default" onClick={() => setSure(true)}>
              {words.people.remove}
            </Button>
          </Group>
        ) : (
          <Text>{words.roles[member.role]}</Text>
        )}
      </Group>
      <Modal opened={isSure} onClose={() => setSure(false)} title={words.people.remove}>
        <ChangeForm change={remove} submit={words.people.remove} onLeave={() => setSure(false)}>
          <Text size="sm">{words.people.removeSure(member.email)}</Text>
        </ChangeForm>
      </Modal>
    </Paper>
  )
}

function Invited({ email, role, expiresAt }: People['invitations'][number]) {
  const words = useWords()
  const format = useFormat()
  const may = useMay()
  const revoke = useShopChange('people', (merchant: string, _: undefined) =>
    answerOf(api.DELETE('/merchants/{merchant}/invitations/{email}', { params: { path: { merchant, email } } })),
  )
  return (
    <Paper className="panel" p="md" withBorder>
      <Refusal error={revoke.error} />
      <Group justify="space-between">
        <Text size="sm" className="wrap">
          {email} · {words.roles[role]} · {words.people.invited}, {words.people.until} {format.day(expiresAt)}
        </Text>
        {may('manage_users') && (
          <Button variant="default" size="xs" onClick={() => revoke.mutate(undefined)} loading={revoke.isPending}>
            {words.people.revoke}
          </Button>
        )}
      </Group>
    </Paper>
  )
}
