import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { FileRefusal } from '../../../app/catalogue/import-file.ts'
import type { FileProblem } from '../../../domain/catalogue/file/file-problem.ts'
import { Unavailable } from '../../../engine/command.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { refuse } from '../../../kernel/result.ts'
import { property } from '../../shared/body.ts'
import { answer } from '../../shared/handler.ts'
import { invalid, notFound, type Refusal, refusal } from '../../shared/refusal.ts'
import { organizationHandler } from './answer.ts'
import { bytesOf, invalidCatalogue, objectOf, unreadable } from './catalogue-body.ts'

type Handler = ReturnType<typeof organizationHandler>

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
  return organizationHandler(async ({ salescloudCaller: { merchant, organization } }) => {
    const read = await app.organizations.organization.readCatalogue({ merchantId: merchant.id, organization })
    if (!read.ok) return refuse(tooLarge(read.reason.parts))
    return read.value === undefined ? refuse(notFound('organization')) : answer(read.value)
  })
}

/** `PUT .../catalogue`: the file of `tercet catalog import` as the body, for the organization of the path; all of it or nothing. */
export function putCatalogue(app: App): Handler {
  return organizationHandler(async (request) => {
    const { merchant, organization } = request.salescloudCaller
    const bytes = bytesOf(request, aFile)
    if (!bytes.ok) return bytes
    const file = { merchantId: merchant.id, organization, bytes: bytes.value }
    const imported = await app.organizations.organization.importFile(file)
    return imported.ok ? answer(imported.value) : refuse(notImported(imported.reason))
  })
}

/** `GET .../catalogue/organization`: what the file says of the organization itself. */
export function getOrganization(app: App): Handler {
  return organizationHandler(async ({ salescloudCaller: { merchant, organization } }) => {
    const found = await app.organizations.organization.readOrganization({ merchantId: merchant.id, organization })
    return found ? answer(found) : refuse(notFound('organization'))
  })
}

/** `PUT .../catalogue/organization`: its title, time zone, and whether it sells. Uuid and currency cannot change, and may be left out. */
export function putOrganization(app: App): Handler {
  return organizationHandler(async (request) => {
    const { merchant, organization } = request.salescloudCaller
    const sent = objectOf(request, 'an organization as in a catalogue file')
    if (!sent.ok) return sent
    if (!isUuid(property(sent.value, 'uuid') ?? organization, organization))
      return refuse(notChanged([{ path: 'uuid', message: 'is not the organization of the address' }]))
    const changed = await app.organizations.organization.putOrganization(
      { merchantId: merchant.id, organization },
      ({ currency }) => ({ currency, ...sent.value, uuid: organization }),
    )
    return changed.ok ? answer(changed.value) : refuse(notChanged(changed.reason))
  })
}

function notChanged(problems: readonly FileProblem[]): Refusal {
  return invalidCatalogue('The organization was not changed.', problems)
}

function isUuid(value: unknown, uuid: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === uuid
}

function notImported(refused: FileRefusal): Refusal {
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

function tooLarge(parts: number): Refusal {
  const message = `The catalogue has ${parts} entities, variations and starts, too many for one answer: read it by kind.`
  return refusal(409, 'catalogue_too_large', message)
}
