import type { StaffKeys } from '../../app/merchant/staff-keys.ts'
import type { RequestLog } from '../../app/request-log/request-log.ts'
import type { StaffWebhooks } from '../../app/webhook/staff-webhooks.ts'

/** What the pages for developers use of the program. */
export type Developers = {
  readonly keys: StaffKeys
  readonly webhooks: StaffWebhooks
  readonly requests: Pick<RequestLog, 'list'>
}
