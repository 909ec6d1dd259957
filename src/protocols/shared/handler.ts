import type { FastifyReply, FastifyRequest } from 'fastify'
import { ok, type Result } from '../../kernel/result.ts'
import { type Refusal, sendRefusal } from './refusal.ts'

/** A success: its status, and what JSON is made of, or JSON that is text already; without a body none is sent. */
export type Answer = { readonly status: 200 | 201 | 202 | 204; readonly body?: object | string }

/** What a call comes to. Only outages and bugs are thrown. */
export type Handled = Result<Answer, Refusal>

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** 200 with what JSON is made of, or with JSON that is text already. */
export function answer(body: object | string): Result<Answer, never> {
  return ok({ status: 200, body })
}

/** Sends what `handle` returns, a refusal as well as an answer, with these headers on an answer. */
export function answering(
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<Handled>,
  headers: Readonly<Record<string, string>> = {},
): Handler {
  return async (request, reply) => {
    const handled = await handle(request, reply)
    if (!handled.ok) return sendRefusal(request, reply, handled.reason)
    return sendAnswer(reply, handled.value, headers)
  }
}

function sendAnswer(
  reply: FastifyReply,
  { status, body }: Answer,
  headers: Readonly<Record<string, string>>,
): FastifyReply {
  if (body === undefined) return reply.code(status).headers(headers).send()
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').headers(headers).send(text)
}
