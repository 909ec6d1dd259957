import type { FastifyRequest } from 'fastify'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type JsonObject, readObject } from '../shared/body.ts'
import { parseWithDigits } from '../shared/exact-json.ts'
import type { FieldErrors } from './errors.ts'

/** A shop's order repeats its addresses and meta data; nothing real comes near. */
const extent = { deepest: 32, mostValues: 20_000 }

const parse = (text: string): unknown => parseWithDigits(text, 'amount')

/** The body as a JSON object, whatever its content type says, with each `amount` as the digits that were sent. */
export function readBody({ body }: FastifyRequest): Result<JsonObject, FieldErrors> {
  const read = body instanceof Buffer ? readObject(body, { extent, parse }) : undefined
  return read?.ok ? ok(read.value.value) : refuse(unreadable)
}

const unreadable: FieldErrors = { body: ['The request body must be a JSON object.'] }
