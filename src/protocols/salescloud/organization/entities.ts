import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { StoredEntity } from '../../../app/organization/own-organization.ts'
import {
  type CatalogueKind,
  type EntityId,
  idPropertyOf,
  kindNamed,
  parseEntityId,
} from '../../../domain/catalogue/model/kinds.ts'
import { type JsonObject, property } from '../body.ts'
import { invalidCatalogue, objectOf } from './catalogue-body.ts'
import { invalid, notFound } from './errors.ts'
import { keptBecause } from './kept.ts'
import { sendText } from './orders.ts'
import { entityPages, queryText, readLimit } from './paging.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** The longest rule or product that a file could hold fits. */
export const entityBodyLimit = 524_288

/** `GET .../catalogue/{kind}`, in the order of ids. `next` is the cursor of the following page, null on the last one. */
export function listEntities(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const kind = kindOf(request)
    const limit = readLimit(request, entityPages)
    const after = readCursor(request, kind)
    const found = await app.organizations.organization.listEntities({
      merchantId: merchant.id,
      organization,
      kind,
      limit: limit + 1,
      ...(after !== undefined && { after }),
    })
    const entities = found.slice(0, limit)
    const next = found.length > limit ? entities.at(-1)?.id : undefined
    return sendText(reply, `{"items":[${entities.map(entityText).join(',')}],"next":${JSON.stringify(next ?? null)}}`)
  }
}

/** `GET .../catalogue/{kind}/{id}`: one entity as in the file. */
export function getEntity(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const { kind, id } = entityOf(request)
    const entity =
      id && (await app.organizations.organization.findEntity({ merchantId: merchant.id, organization, kind, id }))
    if (!entity) throw notFound(singular[kind])
    return sendText(reply, entityText(entity))
  }
}

/** `PUT .../catalogue/{kind}/{id}`: adds the entity, or makes it exactly this. Answers it as stored. */
export function putEntity(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const { kind, id, idText } = entityOf(request)
    const what = `a ${singular[kind]} as in a catalogue file`
    const entity = withId(objectOf(request, what), kind, id ?? idText)
    const put = await app.organizations.organization.putEntity({
      merchantId: merchant.id,
      organization,
      kind,
      id,
      entity,
    })
    if (!put.ok) throw invalidCatalogue(`The ${singular[kind]} was not stored.`, put.reason)
    return sendText(reply, entityText(put.value))
  }
}

/** `DELETE .../catalogue/{kind}/{id}`: 204; 409 while something needs it. */
export function deleteEntity(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const { kind, id } = entityOf(request)
    const deletion =
      id && (await app.organizations.organization.deleteEntity({ merchantId: merchant.id, organization, kind, id }))
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
function entityOf(request: FastifyRequest): { kind: CatalogueKind; id: EntityId | undefined; idText: string } {
  const kind = kindOf(request)
  const { id: idText } = request.params as { id: string }
  return { kind, id: parseEntityId(kind, idText), idText }
}

/** What is read-only came from a `GET` and is passed over. The id may be left out, and must not be another one. */
function withId({ readOnly: _, ...entity }: JsonObject, kind: CatalogueKind, id: string): JsonObject {
  const name = idPropertyOf(kind)
  const given = property(entity, name) ?? id
  const same = typeof given === 'string' && (name === 'uuid' ? given.toLowerCase() : given) === id
  if (same) return { ...entity, [name]: id }
  throw invalidCatalogue(`The ${singular[kind]} was not stored.`, [
    { path: name, message: 'is not the one of the address' },
  ])
}

/** Both parts are JSON texts already. */
function entityText({ file, readOnly }: StoredEntity): string {
  return readOnly === null ? file : `${file.slice(0, -1)},"readOnly":${readOnly}}`
}

function readCursor(request: FastifyRequest, kind: CatalogueKind): EntityId | undefined {
  const value = queryText(request, 'cursor')
  if (value === undefined) return undefined
  const after = parseEntityId(kind, value)
  if (after === undefined) throw invalid('The parameter cursor must be the next of an earlier page.')
  return after
}
