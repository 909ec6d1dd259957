import { Button, Group, Modal, Paper, Select, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PortalPaths } from '../../api/routes.ts'
import { fieldsOf, type Kind } from '../catalogue-fields.ts'
import { answerOf, api } from '../client.ts'
import { EntityForm } from '../parts/entity-form.tsx'
import { More } from '../parts/more.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Loaded, Refusal } from '../parts/refusal.tsx'
import { useShopChange } from '../parts/shop-change.ts'
import { useShop } from '../shop.ts'
import { useWords } from '../words/index.ts'

const path = '/merchants/{merchant}/catalogue/{organization}/{kind}'

type Entity = PortalPaths[typeof path]['get']['responses'][200]['content']['application/json']['items'][number]

export function CataloguePage() {
  const words = useWords()
  const { id } = useShop()
  const [chosen, setChosen] = useState<string | null>(null)
  const [kind, setKind] = useState<Kind>('products')
  const owned = useQuery({
    queryKey: ['organizations', id],
    queryFn: () => answerOf(api.GET('/merchants/{merchant}/catalogue', { params: { path: { merchant: String(id) } } })),
  })
  return (
    <Stack maw="60rem">
      <PageTitle>{words.catalogue.title}</PageTitle>
      <Text c="dimmed">{words.catalogue.intro}</Text>
      <Loaded of={owned}>
        {({ organizations }) => {
          const organization = organizations.find(({ uuid }) => uuid === chosen) ?? organizations[0]
          if (!organization) return <Text>{words.catalogue.none}</Text>
          return (
            <>
              <Group align="end">
                {organizations.length > 1 && (
                  <Select
                    label={words.catalogue.organization}
                    allowDeselect={false}
                    value={organization.uuid}
                    onChange={setChosen}
                    data={organizations.map(({ uuid, title }) => ({ value: uuid, label: title }))}
                  />
                )}
                <Select
                  label={words.catalogue.kind}
                  allowDeselect={false}
                  value={kind}
                  onChange={(value) => value && setKind(value as Kind)}
                  data={(Object.keys(fieldsOf) as Kind[]).map((value) => ({
                    value,
                    label: words.catalogue.kinds[value],
                  }))}
                />
              </Group>
              <Text size="sm" c="dimmed">
                {words.catalogue.amounts(organization.currency)}
              </Text>
              <Entities key={`${organization.uuid} ${kind}`} organization={organization.uuid} kind={kind} />
            </>
          )
        }}
      </Loaded>
    </Stack>
  )
}

function Entities({ organization, kind }: { organization: string; kind: Kind }) {
  const words = useWords()
  const { id } = useShop()
  const [edited, setEdited] = useState<Entity | 'new' | null>(null)
  const list = useInfiniteQuery({
    queryKey: ['catalogue', id, organization, kind],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET(path, {
          params: {
            path: { merchant: String(id), organization, kind },
            query: pageParam ? { after: pageParam } : {},
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack>
      <Group>
        <Button onClick={() => setEdited('new')}>{words.catalogue.add}</Button>
      </Group>
      <Loaded of={list}>
        {() =>
          items.length === 0 ? (
            <Text>{words.catalogue.empty}</Text>
          ) : (
            items.map((entity) => (
              <Row key={entity.id} {...{ entity, organization, kind }} onEdit={() => setEdited(entity)} />
            ))
          )
        }
      </Loaded>
      <More of={list} label={words.catalogue.more} />
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        size="lg"
        title={edited === 'new' ? words.catalogue.add : words.catalogue.edit}
      >
        {edited !== null && (
          <EntityForm
            {...{ organization, kind }}
            entity={edited === 'new' ? null : edited}
            onDone={() => setEdited(null)}
          />
        )}
      </Modal>
    </Stack>
  )
}

type RowProps = { entity: Entity; organization: string; kind: Kind; onEdit: () => void }

function Row({ entity, organization, kind, onEdit }: RowProps) {
  const words = useWords()
  const remove = useShopChange('catalogue', (merchant, _: undefined) =>
    answerOf(
      api.DELETE('/merchants/{merchant}/catalogue/{organization}/{kind}/{id}', {
        params: { path: { merchant, organization, kind, id: entity.id } },
      }),
    ),
  )
  const known = JSON.parse(entity.entity) as Record<string, unknown>
  const beside = entity.readOnly === null ? null : (JSON.parse(entity.readOnly) as Beside)
  return (
    <Paper component="article" className="panel" p="md" withBorder>
      <Refusal error={remove.error} />
      <Group justify="space-between">
        <div>
          <Text fw={600} className="wrap">
            {String(known.title ?? known.adminTitle ?? entity.id)}
          </Text>
          <Text size="sm" c="dimmed" className="wrap">
            {[known.price, known.enabled === false ? words.catalogue.off : null, seats(known, beside)]
              .filter((each) => each !== null && each !== undefined && each !== '')
              .join(' · ')}
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" onClick={onEdit}>
            {words.catalogue.edit}
          </Button>
          <Button variant="default" onClick={() => remove.mutate(undefined)} loading={remove.isPending}>
            {words.catalogue.remove}
          </Button>
        </Group>
      </Group>
    </Paper>
  )
}

type Beside = {
  readonly used?: number
  readonly starts?: readonly { readonly startsAt: string; readonly taken: number }[]
}

/** Uses of a coupon, or seats that are sold of each start of an event. */
function seats(known: Record<string, unknown>, beside: Beside | null): string {
  if (beside?.used !== undefined) return `${beside.used} / ${String(known.usageLimit ?? '∞')}`
  const starts = (known.event as { starts?: { startsAt: string; capacity: number }[] } | undefined)?.starts ?? []
  return starts
    .slice(0, 5)
    .map(({ startsAt, capacity }) => {
      const taken = beside?.starts?.find((each) => each.startsAt === startsAt)?.taken ?? 0
      return `${startsAt.slice(0, 16).replace('T', ' ')}: ${taken} / ${capacity}`
    })
    .join(', ')
}
