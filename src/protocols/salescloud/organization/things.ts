import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { StoredThing } from '../../../app/organization/salescloud-organization.ts'
import {
  type CatalogueKind,
  idPropertyOf,
  kindNamed,
  parseThingId,
  type ThingId,
} from '../../../domain/catalogue/model/kinds.ts'
import { type JsonObject, property } from '../body.ts'
import { invalidCatalogue, objectOf, textOf } from './catalogue-body.ts'
import { invalid, notFound } from './errors.ts'
import { keptBecause } from './kept.ts'
import { sendText } from './orders.ts'
import { queryText, readLimit, thingPages } from './paging.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** The longest rule or product that a file could hold is about half of this. */
export const thingBodyLimit = 1_048_576

/** `GET .../catalogue/{kind}`, in the order of ids. `next` is the cursor of the following page, null on the last one. */
export function listThings(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const kind = kindOf(request)
    const limit = readLimit(request, thingPages)
    const after = readCursor(request, kind)
    const found = await app.salescloud.organization.listThings({
      merchantId: merchant.id,
      organization,
      kind,
      limit: limit + 1,
      ...(after !== undefined && { after }),
    })
    const things = found.slice(0, limit)
    const next = found.length > limit ? things.at(-1)?.id : undefined
    return sendText(reply, `{"items":[${things.map(thingText).join(',')}],"next":${JSON.stringify(next ?? null)}}`)
  }
}

/** `GET .../catalogue/{kind}/{id}`: one thing as in the file. */
export function getThing(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const { kind, id } = thingOf(request)
    const thing =
      id && (await app.salescloud.organization.findThing({ merchantId: merchant.id, organization, kind, id }))
    if (!thing) throw notFound(singular[kind])
    return sendText(reply, thingText(thing))
  }
}

/** `PUT .../catalogue/{kind}/{id}`: adds the thing, or makes it exactly this. Answers it as stored. */
export function putThing(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const { kind, id, idText } = thingOf(request)
    const what = `a ${singular[kind]} as in a catalogue file`
    const thing = withId(objectOf(textOf(request, what), what), kind, id ?? idText)
    const put = await app.salescloud.organization.putThing({ merchantId: merchant.id, organization, kind, id, thing })
    if (!put.ok) throw invalidCatalogue(`The ${singular[kind]} was not stored.`, put.reason)
    return sendText(reply, thingText(put.value))
  }
}

/** `DELETE .../catalogue/{kind}/{id}`: 204; 409 while something needs it. */
export function deleteThing(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const { kind, id } = thingOf(request)
    const deletion =
      id && (await app.salescloud.organization.deleteThing({ merchantId: merchant.id, organization, kind, id }))
    if (!deletion || deletion.kind === 'unknown') throw notFound(singular[kind])
    if (deletion.kind === 'kept') throw keptBecause(deletion)
    return reply.code(204).header('cache-control', 'no-store').send()
  }
}

const singular: { readonly [Kind in CatalogueKind]: string } = {
  channels: 'channel',
  instances: 'payment method instance',
  locations: 'location',
  units: 'unit',
  deliveryServices: 'delivery service',
  coupons: 'coupon',
  discountRules: 'discount rule',
  products: 'product',
}

function kindOf(request: FastifyRequest): CatalogueKind {
  const kind = kindNamed((request.params as { kind: string }).kind)
  if (!kind) throw notFound('part of a catalogue')
  return kind
}

/** `id` is undefined for a text that nothing of the kind can be known by. */
function thingOf(request: FastifyRequest): { kind: CatalogueKind; id: ThingId | undefined; idText: string } {
  const kind = kindOf(request)
  const { id: idText } = request.params as { id: string }
  return { kind, id: parseThingId(kind, idText), idText }
}

/** What is read-only came from a `GET` and is passed over. The id may be left out, and must not be another one. */
function withId({ readOnly: _, ...thing }: JsonObject, kind: CatalogueKind, id: string): JsonObject {
  const name = idPropertyOf(kind)
  const given = property(thing, name) ?? id
  const same = typeof given === 'string' && (name === 'uuid' ? given.toLowerCase() : given) === id
  if (same) return { ...thing, [name]: id }
  throw invalidCatalogue(`The ${singular[kind]} was not stored.`, [
    { path: name, message: 'is not the one of the address' },
  ])
}

/** Both parts are JSON texts already. */
function thingText({ file, readOnly }: StoredThing): string {
  return readOnly === null ? file : `${file.slice(0, -1)},"readOnly":${readOnly}}`
}

function readCursor(request: FastifyRequest, kind: CatalogueKind): ThingId | undefined {
  const value = queryText(request, 'cursor')
  if (value === undefined) return undefined
  const after = parseThingId(kind, value)
  if (after === undefined) throw invalid('The parameter cursor must be the next of an earlier page.')
  return after
}
