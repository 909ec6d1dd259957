import type pg from 'pg'
import {
  findKnownPeople,
  findPeopleByName,
  insertBelongings,
  insertOperatorAccounts,
  insertPeople,
  listPeopleOf,
  type PeopleKind,
  readCards,
  readOperatorAccounts,
  readPeople,
  readSecondFactors,
} from '../../../db/cell/move/moved-people.ts'
import type { MerchantId } from '../../../kernel/ids.ts'

/** People of both kinds who have another id in the cell that the merchant moves to. Ids are random: one map for both. */
export type PeopleIds = Map<string, string>

export type Bringing = {
  readonly source: pg.Client
  readonly target: pg.Client
  readonly merchantId: MerchantId
}

/** People of one statement. */
const pageSize = 500

/**
 * Makes everybody known in the other cell whom the merchant's rows name: its shoppers with their cards, its staff with what they sign in with.
 * Who has an account there already, by a contact, keeps that one, and the merchant's rows will name it; two who would become one stay two.
 * Sessions stay where they are. Also the operator's own acquirer accounts that its payments went through.
 */
export async function bringPeople({ source, target, merchantId }: Bringing): Promise<PeopleIds> {
  const ids: PeopleIds = new Map()
  for (const kind of ['shopper', 'staff'] as const) {
    const people = await listPeopleOf(source, kind, merchantId)
    const pages = Array.from({ length: Math.ceil(people.length / pageSize) }, (_, page) =>
      people.slice(page * pageSize, (page + 1) * pageSize),
    )
    const known = new Set<string>()
    for (const page of pages) for (const id of await findKnownPeople(target, kind, page)) known.add(id)
    for (const page of pages) await bringPage({ source, target, kind, ids, known }, page)
  }
  await insertOperatorAccounts(target, await readOperatorAccounts(source, merchantId))
  return ids
}

type Page = Pick<Bringing, 'source' | 'target'> & {
  readonly kind: PeopleKind
  readonly ids: PeopleIds
  /** who has an account under the same id */
  readonly known: ReadonlySet<string>
}

async function bringPage({ source, target, kind, ids, known }: Page, page: readonly string[]): Promise<void> {
  const strangers = await readPeople(
    source,
    kind,
    page.filter((id) => !known.has(id)),
  )
  const byName = await findPeopleByName(
    target,
    kind,
    strangers.flatMap(({ names }) => names),
  )
  const taken = new Set([...known, ...ids.values()])
  for (const { id, names } of strangers) {
    const other = names.map((name) => byName.get(name)).find((each) => each !== undefined && !taken.has(each))
    if (other === undefined) continue
    taken.add(other)
    ids.set(id, other)
  }
  const unknown = strangers.filter(({ id }) => !ids.has(id))
  await insertPeople(target, kind, unknown)
  const unknownIds = unknown.map(({ id }) => id)
  const belongings =
    kind === 'shopper'
      ? await readCards(source, page, { elsewhere: ids, unknown: unknownIds })
      : await readSecondFactors(source, unknownIds)
  for (const each of belongings) await insertBelongings(target, each)
}
