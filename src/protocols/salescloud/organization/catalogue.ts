import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { FileRefusal } from '../../../app/catalogue/import-file.ts'
import { Unavailable } from '../../../engine/command.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { property } from '../body.ts'
import { bytesOf, invalidCatalogue, objectOf, unreadable } from './catalogue-body.ts'
import { invalid, notFound, Refused } from './errors.ts'
import { sendText } from './orders.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** A catalogue of some ten thousand products. */
export const catalogueBodyLimit = 16 * 1_048_576

const aFile = 'a catalogue file'

/** One is imported and the others wait, each with its body in memory. */
const mostFiles = 4

/** Turns a file away before it is read when enough of them are here already. */
export function admitFiles(): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  let files = 0
  return async (_request, reply) => {
    if (files >= mostFiles) throw new Unavailable('too many catalogues at once', { retryAfterSeconds: 5 })
    files++
    reply.raw.once('close', () => files--)
  }
}

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
    const bytes = bytesOf(request, aFile)
    const imported = await app.organizations.organization.importFile({ merchantId: merchant.id, organization, bytes })
    if (!imported.ok) throw notImported(imported.reason)
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
    const sent = objectOf(request, what)
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

function notImported(refused: FileRefusal): Refused {
  switch (refused.kind) {
    case 'unreadable':
      return unreadable(refused.reason, aFile)
    case 'another_organization':
      return invalid('organization.uuid must be the organization of the address.')
    case 'problems':
      return invalidCatalogue('The catalogue was not imported.', refused.problems)
    default:
      return unreachable(refused)
  }
}

function tooLarge(parts: number): Refused {
  const message = `The catalogue has ${parts} entities, variations and starts, too many for one answer: read it by kind.`
  return new Refused(409, 'catalogue_too_large', message)
}
