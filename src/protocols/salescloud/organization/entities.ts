import type { FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { StoredEntity } from '../../../app/organization/own-organization.ts'
import type { FileProblem } from '../../../domain/catalogue/file/file-problem.ts'
import {
  type CatalogueKind,
  type EntityId,
  idPropertyOf,
  kindNamed,
  parseEntityId,
} from '../../../domain/catalogue/model/kinds.ts'
import { allOf, ok, type Result, refuse } from '../../../kernel/result.ts'
import { type JsonObject, property } from '../../shared/body.ts'
import { answer } from '../../shared/handler.ts'
import { pageOf, queryLimit, queryText } from '../../shared/paging.ts'
import { notFound, type Refusal } from '../../shared/refusal.ts'
import { organizationHandler } from './answer.ts'
import { invalidCatalogue, objectOf } from './catalogue-body.ts'
import { keptBecause } from './kept.ts'
import { badCursor, entityPages } from './paging.ts'

type Handler = ReturnType<typeof organizationHandler>

/** The longest rule or product that a file could hold fits. */
export const entityBodyLimit = 524_288

/** `GET .../catalogue/{kind}`, in the order of ids. `next` is the cursor of the following page, null on the last one. */
export function listEntities(app: App): Handler {
  return organizationHandler(async (request) => {
    const { merchant, organization } = request.salescloudCaller
    const named = kindOf(request)
    if (!named.ok) return named
    const kind = named.value
    const asked = allOf({ limit: queryLimit(request, entityPages), after: readCursor(request, kind) })
    if (!asked.ok) return asked
    const { limit, after } = asked.value
    const found = await app.organizations.organization.listEntities({
      merchantId: merchant.id,
      organization,
      kind,
      limit: limit + 1,
      ...(after !== undefined && { after }),
    })
    const { entries, last } = pageOf(found, limit)
    return answer(`{"items":[${entries.map(entityText).join(',')}],"next":${JSON.stringify(last?.id ?? null)}}`)
  })
}

/** `GET .../catalogue/{kind}/{id}`: one entity as in the file. */
export function getEntity(app: App): Handler {
  return organizationHandler(async (request) => {
    const { merchant, organization } = request.salescloudCaller
    const named = entityOf(request)
    if (!named.ok) return named
    const { kind, id } = named.value
    const entity =
      id && (await app.organizations.organization.findEntity({ merchantId: merchant.id, organization, kind, id }))
    return entity ? answer(entityText(entity)) : refuse(notFound(singular[kind]))
  })
}

/** `PUT .../catalogue/{kind}/{id}`: adds the entity, or makes it exactly this. Answers it as stored. */
export function putEntity(app: App): Handler {
  return organizationHandler(async (request) => {
    const { merchant, organization } = request.salescloudCaller
    const named = entityOf(request)
    if (!named.ok) return named
    const { kind, id, idText } = named.value
    const sent = objectOf(request, `a ${singular[kind]} as in a catalogue file`)
    if (!sent.ok) return sent
    const entity = withId(sent.value, kind, id ?? idText)
    if (!entity.ok) return entity
    const put = await app.organizations.organization.putEntity({
      merchantId: merchant.id,
      organization,
      kind,
      id,
      entity: entity.value,
    })
    return put.ok ? answer(entityText(put.value)) : refuse(notStored(kind, put.reason))
  })
}

/** `DELETE .../catalogue/{kind}/{id}`: 204; 409 while something needs it. */
export function deleteEntity(app: App): Handler {
  return organizationHandler(async (request) => {
    const { merchant, organization } = request.salescloudCaller
    const named = entityOf(request)
    if (!named.ok) return named
    const { kind, id } = named.value
    const deletion =
      id && (await app.organizations.organization.deleteEntity({ merchantId: merchant.id, organization, kind, id }))
    if (!deletion || deletion.kind === 'unknown') return refuse(notFound(singular[kind]))
    return deletion.kind === 'kept' ? refuse(keptBecause(deletion)) : ok({ status: 204 })
  })
}

function notStored(kind: CatalogueKind, problems: readonly FileProblem[]): Refusal {
  return invalidCatalogue(`The ${singular[kind]} was not stored.`, problems)
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

function kindOf(request: FastifyRequest): Result<CatalogueKind, Refusal> {
  const kind = kindNamed((request.params as { kind: string }).kind)
  return kind ? ok(kind) : refuse(notFound('part of a catalogue'))
}

type NamedEntity = { readonly kind: CatalogueKind; readonly id: EntityId | undefined; readonly idText: string }

/** `id` is undefined for a text that nothing of the kind can be known by. */
function entityOf(request: FastifyRequest): Result<NamedEntity, Refusal> {
  const kind = kindOf(request)
  if (!kind.ok) return kind
  const { id: idText } = request.params as { id: string }
  return ok({ kind: kind.value, id: parseEntityId(kind.value, idText), idText })
}

/** What is read-only came from a `GET` and is passed over. The id may be left out, and must not be another one. */
function withId({ readOnly: _, ...entity }: JsonObject, kind: CatalogueKind, id: string): Result<JsonObject, Refusal> {
  const name = idPropertyOf(kind)
  const given = property(entity, name) ?? id
  const same = typeof given === 'string' && (name === 'uuid' ? given.toLowerCase() : given) === id
  if (same) return ok({ ...entity, [name]: id })
  return refuse(notStored(kind, [{ path: name, message: 'is not the one of the address' }]))
}

/** Both parts are JSON texts already. */
function entityText({ file, readOnly }: StoredEntity): string {
  return readOnly === null ? file : `${file.slice(0, -1)},"readOnly":${readOnly}}`
}

function readCursor(request: FastifyRequest, kind: CatalogueKind): Result<EntityId | undefined, Refusal> {
  const text = queryText(request, 'cursor')
  if (!text.ok || text.value === undefined) return text.ok ? ok(undefined) : text
  const after = parseEntityId(kind, text.value)
  return after === undefined ? refuse(badCursor) : ok(after)
}
