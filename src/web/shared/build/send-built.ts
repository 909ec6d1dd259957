import { createHash } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { newErrorId, sendErrorBody } from '../../../http/error-body.ts'
import type { BuiltFile, Encoding } from './built-bundle.ts'

/** A year, the longest that means anything: for addresses that change with their content. */
export const forEver = 'public, max-age=31536000, immutable'

/** For addresses that stay while what they name moves on: a minute for an upgrade to arrive, stale answers while it is asked for. */
export const forAMinute = 'public, max-age=60, stale-while-revalidate=600'

/** A file as if it had been built, for a short text that the server makes itself. Compressed here: make it once, not per request. */
export function builtText(name: string, contentType: string, text: string): BuiltFile {
  const identity = Buffer.from(text)
  const integrity = `sha384-${createHash('sha384').update(identity).digest('base64')}`
  return {
    name,
    contentType,
    bodies: { identity, br: brotliCompressSync(identity), gzip: gzipSync(identity) },
    integrity,
  }
}

/** The file in the smallest form that the browser takes, or 304 when it has it. */
export function sendBuilt(
  request: FastifyRequest,
  reply: FastifyReply,
  { bodies, contentType, integrity }: BuiltFile,
  cacheControl: string,
): FastifyReply {
  const encoding = encodingFor(request.headers['accept-encoding'], bodies)
  const tag = `"${integrity.slice(-22)}-${encoding}"`
  reply.headers({ etag: tag, 'cache-control': cacheControl, vary: 'accept-encoding' })
  if (request.headers['if-none-match']?.includes(tag)) return reply.code(304).send()
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.header('content-type', contentType).send(bodies[encoding])
}

function encodingFor(accepted: string | undefined, bodies: BuiltFile['bodies']): Encoding {
  const takes = (encoding: Encoding) =>
    bodies[encoding] !== undefined &&
    new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted ?? '')
  return (['br', 'gzip'] as const).find(takes) ?? 'identity'
}

/** While the first start after an installation without its build step is still building. */
export function sendNotBuilt(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers({ 'retry-after': '2', 'cache-control': 'no-store' })
  return sendErrorBody(request, reply, {
    errorCode: 'service_unavailable',
    errorId: newErrorId(),
    message: 'This file is being built. Try again in a moment.',
    httpStatusCode: 503,
  })
}
