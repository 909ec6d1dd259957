import type { FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { ReturnRequest } from '../../../app/attempt/return-payment.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { idempotencyKey, keyRule } from '../../shared/idempotency-key.ts'
import { invalid, type Refusal, refusal } from '../../shared/refusal.ts'
import { readBody } from '../body.ts'
import type { Issue } from '../issue.ts'
import { Fields } from '../payments/fields.ts'
import { organizationHandler } from './answer.ts'
import { refusedByEngine } from './errors.ts'
import { orderOf } from './orders.ts'
import { transactionOf } from './render.ts'

type Handler = ReturnType<typeof organizationHandler>

/**
 * `POST .../refund` gives back `amount`, or all that is left; `POST .../void` undoes a whole sale that was not settled yet. The
 * answer is the transaction: `succeeded`, `declined`, or `pending` (202) while the acquirer's answer is not known.
 */
export function returnPayment(app: App, purpose: ReturnRequest['purpose']): Handler {
  return organizationHandler(async (request) => {
    const { merchant } = request.salescloudCaller
    const asked = readReturn(request, purpose)
    if (!asked.ok) return asked
    const claim = claimOf(app, request)
    if (!claim.ok) return claim
    const order = await orderOf(app, request)
    if (!order.ok) return order
    const { payment } = order.value
    const result = await app.organizations.returnPayment({
      merchant,
      payment,
      purpose,
      ...asked.value,
      ...(claim.value && { claim: claim.value }),
    })
    switch (result.kind) {
      case 'recorded':
        return ok({
          status: result.attempt.state === 'pending' ? 202 : 200,
          body: transactionOf(result.attempt, payment),
        })
      case 'refused':
        return refuse(refusedByEngine(result.rejection))
      case 'no_acquirer':
        return refuse(noAcquirer)
    }
  })
}

const noAcquirer = refusal(409, 'no_acquirer', 'The acquirer that took this payment is not configured any more.')

type Asked = Pick<ReturnRequest, 'amount' | 'reference'>

/** `{ amount?, reference? }`; a void is always of the whole. No body at all is `{}`. */
function readReturn(request: FastifyRequest, purpose: ReturnRequest['purpose']): Result<Asked, Refusal> {
  const { body, headers } = request
  if (!(body instanceof Buffer) || body.length === 0) return ok({})
  const json = readBody(body, headers['content-type'])
  if (!json.ok) return refuse(invalidIssue(json.reason))
  const known = purpose === 'refund' ? ['amount', 'reference'] : ['reference']
  const unknown = Object.keys(json.value).find((name) => !known.includes(name))
  if (unknown !== undefined) return refuse(invalid(`Known properties are: ${known.join(', ')}.`))
  const issues: Issue[] = []
  const fields = new Fields(json.value, issues)
  const amount = fields.raw('amount') === null ? undefined : fields.amount('amount', 1n)
  const reference = fields.raw('reference') === null ? undefined : fields.requiredText('reference', { longest: 255 })
  if (reference !== undefined && (reference.includes('\0') || !reference.isWellFormed()))
    fields.wrong('reference', 'must not hold NUL or half a character')
  const [first] = issues
  if (first) return refuse(invalidIssue(first))
  return ok({ ...(amount !== undefined && { amount }), ...(reference !== undefined && { reference }) })
}

function invalidIssue({ field, rule }: Issue): Refusal {
  return invalid(`${field} ${rule}.`)
}

/** The same key on the same order with the same body is the same refund. */
function claimOf({ organizations }: App, request: FastifyRequest): Result<ReturnRequest['claim'] | undefined, Refusal> {
  const key = idempotencyKey(request)
  if (key === null) return ok(undefined)
  if (key === undefined) return refuse(invalid(`Idempotency-Key ${keyRule}.`))
  const { payment } = request.params as { payment: string }
  const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0)
  return ok({ key, bodyHash: organizations.hashRequest(payment, body) })
}
