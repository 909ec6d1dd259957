import { isUtf8 } from 'node:buffer'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import { property } from '../body.ts'
import { invalid, Refused } from './errors.ts'
import { sendText } from './orders.ts'

/** A catalogue of some ten thousand products. */
export const catalogueBodyLimit = 16 * 1_048_576

/** `PUT .../catalogue`: the file of `tercet catalog import` as the body, for the organization of the path; all of it or nothing. */
export function putCatalogue(app: App) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { merchant, organization } = request.salescloudCaller
    const text = textOf(request.body)
    if (organizationIn(text) !== organization)
      throw invalid('organization.uuid must be the organization of the address.')
    const imported = await app.salescloud.organization.importCatalogue(merchant.id, text)
    if (!imported.ok) throw new Refused(400, 'invalid_catalogue', 'The catalogue was not imported.', imported.reason)
    return sendText(reply, JSON.stringify(imported.value))
  }
}

function textOf(body: unknown): string {
  if (body instanceof Buffer && isUtf8(body)) return body.toString('utf8')
  throw invalid('The body must be a catalogue file: JSON, in UTF-8.')
}

/** Looked at before anything else: a key must not import another organization of the same merchant by mistake. */
function organizationIn(text: string): string | undefined {
  const uuid = property(objectOr(property(parse(text), 'organization')), 'uuid')
  return typeof uuid === 'string' ? uuid.toLowerCase() : undefined
}

function parse(text: string): Record<string, unknown> {
  try {
    return objectOr(JSON.parse(text))
  } catch {
    // A refusal: the text is no JSON, or nested deeper than any catalogue.
    throw invalid('The body must be a catalogue file: JSON, in UTF-8.')
  }
}

function objectOr(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
