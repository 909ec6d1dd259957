import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Refusal, sendThrown as sendOther, sendRefusal } from '../shared/refusal.ts'

/** A refusal that this API's readers throw, where others return one (decision 0052). */
export class Refused extends Error implements Refusal {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'Refused'
    this.status = status
    this.code = code
  }
}

export function invalid(message: string): Refused {
  return new Refused(400, 'invalid_request', message)
}

/** Unknown, foreign and malformed ids alike, so that nobody learns what another merchant has. */
export function notFound(what: string): Refused {
  return new Refused(404, 'not_found', `There is no such ${what}.`)
}

export const unauthorized = new Refused(
  401,
  'unauthorized',
  'A merchant API key is needed: Authorization: Bearer <key>.',
)

export function sendRefused(request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply {
  return sendRefusal(request, reply, refused)
}

/** What a handler threw: a refusal is answered as such; outages, broken requests and bugs as everywhere in the house. */
export function sendThrown(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return error instanceof Refused ? sendRefused(request, reply, error) : sendOther(error, request, reply)
}
