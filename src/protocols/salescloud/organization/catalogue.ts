import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import { isObject, property } from '../body.ts'
import { invalidCatalogue, objectOf, textOf } from './catalogue-body.ts'
import { invalid, notFound, Refused } from './errors.ts'
import { sendText } from './orders.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** A catalogue of some ten thousand products. */
export const catalogueBodyLimit = 16 * 1_048_576

const aFile = 'a catalogue file'

/** `GET .../catalogue`: the file that `PUT` takes, of one moment. Secrets are left out, so that sending it back keeps them. */
export function getCatalogue(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const read = await app.organizations.organization.readCatalogue({ merchantId: merchant.id, organization })
    if (!read.ok) throw tooLarge(read.reason.parts)
    if (read.value === undefined) throw notFound('organization')
    return sendText(reply, read.value)
  }
}

/** `PUT .../catalogue`: the file of `tercet catalog import` as the body, for the organization of the path; all of it or nothing. */
export function putCatalogue(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const text = textOf(request, aFile)
    if (organizationIn(text) !== organization)
      throw invalid('organization.uuid must be the organization of the address.')
    const imported = await app.organizations.organization.importCatalogue(merchant.id, text)
    if (!imported.ok) throw invalidCatalogue('The catalogue was not imported.', imported.reason)
    return sendText(reply, JSON.stringify(imported.value))
  }
}

/** `GET .../catalogue/organization`: what the file says of the organization itself. */
export function getOrganization(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const found = await app.organizations.organization.readOrganization({ merchantId: merchant.id, organization })
    if (!found) throw notFound('organization')
    return sendText(reply, JSON.stringify(found))
  }
}

/** `PUT .../catalogue/organization`: its title, time zone, and whether it sells. Uuid and currency cannot change, and may be left out. */
export function putOrganization(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const what = 'an organization as in a catalogue file'
    const sent = objectOf(textOf(request, what), what)
    if (!isUuid(property(sent, 'uuid') ?? organization, organization))
      throw invalidCatalogue('The organization was not changed.', [
        { path: 'uuid', message: 'is not the organization of the address' },
      ])
    const changed = await app.organizations.organization.putOrganization(
      { merchantId: merchant.id, organization },
      ({ currency }) => ({ currency, ...sent, uuid: organization }),
    )
    if (!changed.ok) throw invalidCatalogue('The organization was not changed.', changed.reason)
    return sendText(reply, JSON.stringify(changed.value))
  }
}

function isUuid(value: unknown, uuid: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === uuid
}

/** Looked at before anything else: a key must not import another organization of the same merchant by mistake. */
function organizationIn(text: string): string | undefined {
  const organization = property(objectOf(text, aFile), 'organization')
  const uuid = isObject(organization) ? property(organization, 'uuid') : undefined
  return typeof uuid === 'string' ? uuid.toLowerCase() : undefined
}

function tooLarge(parts: number): Refused {
  const message = `The catalogue has ${parts} entities, variations and starts, too many for one answer: read it by kind.`
  return new Refused(409, 'catalogue_too_large', message)
}
