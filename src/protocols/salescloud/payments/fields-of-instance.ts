import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendAnswer, unknownAddress } from './answer.ts'
import { namespaces } from './namespaces.ts'

/** `GET .../fields`, ours: what `details` of this instance must hold, as a JSON schema to draw the form from. */
export function getFields(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { namespace, currency, title } = request.salescloudTarget.address.instance
  const form = namespaces.get(namespace)
  if (!form) return sendAnswer(reply, unknownAddress)
  const text = JSON.stringify({ namespace, currency_code: currency, title, details: form.fields })
  return reply.header('content-type', 'application/json; charset=utf-8').send(text)
}
