import type { StaffKeys } from '../../app/merchant/staff-keys.ts'
import type { RequestLog } from '../../app/request-log/request-log.ts'
import type { StaffSandbox } from '../../app/sandbox/staff-sandbox.ts'
import type { StaffWebhooks } from '../../app/webhook/staff-webhooks.ts'
import type { MerchantId } from '../../kernel/ids.ts'

/** What the pages for developers use of the program. */
export type Developers = {
  readonly keys: StaffKeys
  readonly webhooks: StaffWebhooks
  readonly requests: Pick<RequestLog, 'list'>
  /** undefined in live mode */
  readonly sandbox: StaffSandbox | undefined
  /** what the widget of this shop says who it is by; null for a shop without one */
  readonly widgetToken: (merchantId: MerchantId) => Promise<string | null>
}
