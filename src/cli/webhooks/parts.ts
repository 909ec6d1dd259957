import { createHmac } from 'node:crypto'
import { createWebhookPrinter } from '../../app/webhook/print-webhook.ts'
import {
  createWebhookEndpoints,
  type EndpointRefusal,
  mostEndpoints,
  type WebhookEndpoints,
} from '../../app/webhook/webhook-endpoints.ts'
import { createWebhookListeners, type WebhookListeners } from '../../app/webhook/webhook-listeners.ts'
import { createWebhookLog, type WebhookLog } from '../../app/webhook/webhook-log.ts'
import { checkUrlInWords } from '../../http/outgoing/guard.ts'
import { newSecret, signStandard } from '../../http/outgoing/standard-webhooks.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import { version } from '../../main/version.ts'
import { webhookRenderers as renderers } from '../../main/webhook-renderers.ts'
import { CliError } from '../cli-error.ts'
import type { Database } from '../database/database.ts'

/** The running server looks for due messages by itself, twice a second: there is nobody here to be told. */
const nudge = () => undefined

export function webhookEndpoints({ pool, clock, mode, sealer }: Database): WebhookEndpoints {
  const checkUrl = (text: unknown) => checkUrlInWords(text, { allowLoopback: mode === 'sandbox' })
  return createWebhookEndpoints({ pool, clock, sealer: sealer(), renderers, checkUrl, newSecret, nudge })
}

export function webhookLog({ pool, clock }: Database): WebhookLog {
  return createWebhookLog({ pool, clock, renderers, nudge })
}

/** A merchant's listeners have one secret for ever, so that a receiver keeps it between two runs. */
export function webhookListeners({ pool, clock, sealer: openSealer, secretKey }: Database): WebhookListeners {
  const sealer = openSealer()
  const print = createWebhookPrinter({ pool, sealer, renderers, signStandard, version })
  const key = secretKey()
  const listenerSecret = (merchantId: MerchantId) =>
    `whsec_${createHmac('sha256', key).update(`tercet listen ${merchantId}`).digest('base64')}`
  return createWebhookListeners({ pool, clock, sealer, renderers, print, newSecret: listenerSecret })
}

/** The value, or the sentence for the operator. */
export function granted<T>(result: Result<T, EndpointRefusal>): T {
  if (result.ok) return result.value
  const { reason } = result
  if (reason.kind === 'url' || reason.kind === 'events') throw new CliError(reason.sentence)
  if (reason.kind === 'too_many')
    throw new CliError(`a merchant may have ${mostEndpoints} webhook endpoints: remove one first`)
  throw new CliError('this merchant has no such webhook endpoint: tercet webhooks list shows them')
}
