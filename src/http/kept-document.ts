import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A text that does not change while the process runs, made when it is first asked for and packed once. */
export type KeptDocument = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

type Made = { readonly text: string; readonly packed: Buffer; readonly tag: string }

/** Sends the text gzipped to whoever takes that; a browser that has it already is told so after it asked (304). */
export function keptDocument(type: string, make: () => string): KeptDocument {
  let made: Promise<Made> | undefined
  return async (request, reply) => {
    made ??= prepare(make())
    const { text, packed, tag } = await made
    reply.headers({ 'content-type': type, etag: tag, 'cache-control': 'public, max-age=60', vary: 'accept-encoding' })
    if (request.headers['if-none-match']?.includes(tag)) return reply.code(304).send()
    const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    return isPacked ? reply.header('content-encoding', 'gzip').send(packed) : reply.send(text)
  }
}

async function prepare(text: string): Promise<Made> {
  const tag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  return { text, packed: await promisify(gzip)(text), tag }
}
