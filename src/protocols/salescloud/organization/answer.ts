import type { FastifyRequest } from 'fastify'
import { ok, type Result } from '../../../kernel/result.ts'
import { type Answer, answering, type Handled } from '../../shared/handler.ts'

/** A handler of these routes, whose answers nobody between may keep. */
export function organizationHandler(
  handle: (request: FastifyRequest) => Promise<Handled>,
): ReturnType<typeof answering> {
  return answering(handle, { 'cache-control': 'no-store' })
}

/** 200 with what JSON is made of, or with JSON that is text already. */
export function answer(body: object | string): Result<Answer, never> {
  return ok({ status: 200, body })
}
