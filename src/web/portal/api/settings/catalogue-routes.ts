import { type Static, Type } from 'typebox'
import type { StoredEntity } from '../../../../app/organization/own-organization.ts'
import type { KeptBecause } from '../../../../domain/catalogue/file/deletion.ts'
import { type EntityId, idPropertyOf, parseEntityId } from '../../../../domain/catalogue/model/kinds.ts'
import { parseUuid, type Uuid } from '../../../../domain/catalogue/model/uuid.ts'
import { inWords, type Words } from '../../../../kernel/words.ts'
import type { PortalApp } from '../../portal-app.ts'
import { type Caller, Refused, route } from '../route.ts'
import { done, merchant } from '../shapes.ts'

const access = { to: 'merchant', permission: 'change_catalogue' } as const
const pageSize = 50

/** What shop staff sells with. Payment method instances hold the credentials of acquirers: they are the operator's. */
const kinds = ['products', 'coupons', 'discountRules', 'deliveryServices', 'locations', 'units', 'channels'] as const

const place = { merchant, organization: Type.String({ maxLength: 36 }) }
const ofKind = Type.Object({ ...place, kind: Type.Enum([...kinds]) })
const ofEntity = Type.Object({ ...place, kind: Type.Enum([...kinds]), id: Type.String({ maxLength: 64 }) })
const entitySchema = Type.Object({
  id: Type.String(),
  entity: Type.String({ description: 'As in a catalogue file, JSON text.' }),
  readOnly: Type.Union([Type.String(), Type.Null()], { description: 'What is known beside: uses, seats sold.' }),
})

type Place = { readonly organization: string }

/** The largest product that a catalogue may hold, in a JSON text within JSON. */
const entityBodyLimit = 700_000

/** What a shop sells, with the same checks as its API. */
export function catalogueRoutes(app: PortalApp) {
  const { catalogue } = app
  const keyOf = async ({ organization: text }: Place, { merchantId }: Caller) => {
    const organization = parseUuid(text)
    const key = organization && { merchantId, organization: organization as Uuid }
    if (!key || !(await catalogue.isOwnedBy(key)))
      throw new Refused(404, 'unknown_organization', 'There is no such organization.')
    return key
  }
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/catalogue',
      access,
      summary: 'The organizations whose catalogues the shop has',
      schemas: {
        params: Type.Object({ merchant: place.merchant }),
        answer: Type.Object({
          organizations: Type.Array(
            Type.Object({ uuid: Type.String(), title: Type.String(), currency: Type.String() }),
          ),
        }),
      },
      handle: async ({ caller: { merchantId } }) => ({ organizations: [...(await catalogue.list(merchantId))] }),
    }),
    route({
      method: 'GET',
      url: '/merchants/{merchant}/catalogue/{organization}/{kind}',
      access,
      summary: 'One kind of a catalogue, in the order of ids',
      schemas: {
        params: ofKind,
        query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 64 })) }),
        answer: Type.Object({
          items: Type.Array(entitySchema),
          next: Type.Union([Type.String(), Type.Null()], {
            description: '`after` of the next page; null on the last.',
          }),
        }),
      },
      handle: async ({ params, query, caller }) => {
        const { kind } = params
        const after = query.after === undefined ? undefined : parseEntityId(kind, query.after)
        const page = { kind, limit: pageSize + 1, ...(after !== undefined && { after }) }
        const found = await catalogue.listEntities({ ...(await keyOf(params, caller)), ...page })
        const items = found.slice(0, pageSize)
        return { items: items.map(view), next: found.length > pageSize ? (items.at(-1)?.id ?? null) : null }
      },
    }),
    route({
      method: 'PUT',
      url: '/merchants/{merchant}/catalogue/{organization}/{kind}/{id}',
      access,
      summary: 'Add something to the catalogue, or make it exactly this',
      bodyLimit: entityBodyLimit,
      schemas: { params: ofEntity, body: Type.Object({ entity: Type.String() }), answer: entitySchema },
      handle: async ({ params, body, caller }) => {
        const { kind } = params
        const key = await keyOf(params, caller)
        const id = parseEntityId(kind, params.id)
        const entity = { ...objectIn(body.entity), [idPropertyOf(kind)]: id ?? params.id }
        const before = id && (await catalogue.findEntity({ ...key, kind, id }))
        await note(caller, 'put_in_catalogue', `${kind}/${params.id}`, before?.file ?? null, body.entity)
        const put = await catalogue.putEntity({ ...key, kind, id, entity })
        if (!put.ok)
          throw new Refused(422, 'invalid_catalogue', sentenceOf(put.reason), {
            detail: put.reason.map(placeOf).join(', '),
          })
        return view(put.value)
      },
    }),
    route({
      method: 'DELETE',
      url: '/merchants/{merchant}/catalogue/{organization}/{kind}/{id}',
      access,
      summary: 'Take something out of the catalogue, unless something needs it',
      schemas: { params: ofEntity, answer: done },
      handle: async ({ params, caller }) => {
        const { kind } = params
        const key = await keyOf(params, caller)
        const id = parseEntityId(kind, params.id)
        const before = id && (await catalogue.findEntity({ ...key, kind, id }))
        if (!id || !before) throw new Refused(404, 'not_in_catalogue', 'This is not in the catalogue any more.')
        await note(caller, 'delete_from_catalogue', `${kind}/${id}`, before.file, null)
        const deletion = await catalogue.deleteEntity({ ...key, kind, id: id as EntityId })
        if (deletion.kind === 'kept')
          throw new Refused(409, `kept_${deletion.reason}`, inWords(kept, deletion), {
            detail: 'count' in deletion ? String(deletion.count) : '',
          })
        return { ok: true as const }
      },
    }),
  ] as const

  /** Written first: of a change that was refused, the log tells that somebody wanted it. */
  async function note(
    { merchantId, by }: Caller,
    action: string,
    subject: string,
    before: string | null,
    after: string | null,
  ) {
    await app.users.auditLog.record({
      merchantId,
      ...by,
      action,
      subject,
      before: logged(before),
      after: logged(after),
    })
  }
}

function view({ id, file, readOnly }: StoredEntity): Static<typeof entitySchema> {
  return { id, entity: file, readOnly }
}

function objectIn(text: string): object {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused(400, 'not_json', 'This is not a JSON object.')
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A refusal of the parser.
    return undefined
  }
}

/** An entity of usual size whole, of a larger one that it was large. */
function logged(text: string | null): unknown {
  if (text === null) return null
  return text.length <= 8_192 ? parsed(text) : { characters: text.length }
}

type Problem = { readonly path: string; readonly message: string }

function sentenceOf(problems: readonly Problem[]): string {
  return `This was not stored: ${problems.map((problem) => `${placeOf(problem) || 'it'} ${problem.message}`).join('; ')}.`
}

/** The property that is wrong, as a catalogue file names it; empty for the whole. */
function placeOf({ path }: Problem): string {
  return path.replace(/^\w+\[0\]\.?/, '')
}

const withdraw = 'To withdraw it, switch it off.'

const kept: Words<KeptBecause, string> = {
  has_orders: () => `Orders name it, and must stay readable and refundable. ${withdraw}`,
  enabled: () => 'It is switched on, and a payment may be on its way through it. Switch it off first.',
  has_units: ({ count }) => `It has ${count} units. Delete or move them first. ${withdraw}`,
  used: ({ count }) => `It was used ${count} times. ${withdraw}`,
  seats_sold: ({ count }) => `${count} seats of it are sold. ${withdraw}`,
  in_rules: ({ count }) => `${count} discount rules ask for it. Change them first. ${withdraw}`,
}
