import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { ReturnRequest } from '../../../app/attempt/return-payment.ts'
import { idempotencyKey, keyRule } from '../../shared/idempotency-key.ts'
import { readBody } from '../body.ts'
import type { Issue } from '../issue.ts'
import { Fields } from '../payments/fields.ts'
import { invalid, Refused, refusedByEngine } from './errors.ts'
import { orderOf, sendText } from './orders.ts'
import { transactionOf } from './render.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/**
 * `POST .../refund` gives back `amount`, or all that is left; `POST .../void` undoes a whole sale that was not settled yet. The
 * answer is the transaction: `succeeded`, `declined`, or `pending` (202) while the acquirer's answer is not known.
 */
export function returnPayment(app: App, purpose: ReturnRequest['purpose']): Handler {
  return async (request, reply) => {
    const { merchant } = request.salescloudCaller
    const asked = readReturn(request, purpose)
    const claim = claimOf(app, request)
    const { payment } = await orderOf(app, request)
    const result = await app.organizations.returnPayment({
      merchant,
      payment,
      purpose,
      ...asked,
      ...(claim && { claim }),
    })
    switch (result.kind) {
      case 'recorded':
        reply.code(result.attempt.state === 'pending' ? 202 : 200)
        return sendText(reply, JSON.stringify(transactionOf(result.attempt, payment)))
      case 'refused':
        throw refusedByEngine(result.rejection)
      case 'no_acquirer':
        throw new Refused(409, 'no_acquirer', 'The acquirer that took this payment is not configured any more.')
    }
  }
}

/** `{ amount?, reference? }`; a void is always of the whole. No body at all is `{}`. */
function readReturn(
  request: FastifyRequest,
  purpose: ReturnRequest['purpose'],
): { amount?: bigint; reference?: string } {
  const { body, headers } = request
  if (!(body instanceof Buffer) || body.length === 0) return {}
  const json = readBody(body, headers['content-type'])
  if (!json.ok) throw invalidIssue(json.reason)
  const known = purpose === 'refund' ? ['amount', 'reference'] : ['reference']
  const unknown = Object.keys(json.value).find((name) => !known.includes(name))
  if (unknown !== undefined) throw invalid(`Known properties are: ${known.join(', ')}.`)
  const issues: Issue[] = []
  const fields = new Fields(json.value, issues)
  const amount = fields.raw('amount') === null ? undefined : fields.amount('amount', 1n)
  const reference = fields.raw('reference') === null ? undefined : fields.requiredText('reference', { longest: 255 })
  if (reference !== undefined && (reference.includes('\0') || !reference.isWellFormed()))
    fields.wrong('reference', 'must not hold NUL or half a character')
  const [first] = issues
  if (first) throw invalidIssue(first)
  return { ...(amount !== undefined && { amount }), ...(reference !== undefined && { reference }) }
}

function invalidIssue({ field, rule }: Issue): Refused {
  return invalid(`${field} ${rule}.`)
}

/** The same key on the same order with the same body is the same refund. */
function claimOf({ organizations }: App, request: FastifyRequest): ReturnRequest['claim'] | undefined {
  const key = idempotencyKey(request)
  if (key === null) return undefined
  if (key === undefined) throw invalid(`Idempotency-Key ${keyRule}.`)
  const { payment } = request.params as { payment: string }
  const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0)
  return { key, bodyHash: organizations.hashRequest(payment, body) }
}
