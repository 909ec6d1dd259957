import type pg from 'pg'
import type { ClaimNames } from '../../app/cell/cell-directory.ts'
import { createStaffKeys } from '../../app/merchant/staff-keys.ts'
import type { RequestLog } from '../../app/request-log/request-log.ts'
import type { StaffSandbox } from '../../app/sandbox/staff-sandbox.ts'
import { outageAsUnavailable } from '../../app/shared/outage.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import type { StaffWebhooks } from '../../app/webhook/staff-webhooks.ts'
import { findWidgetToken } from '../../db/merchant/merchants.ts'
import { systemClock } from '../../kernel/clock.ts'
import { profiles } from '../../protocols/profiles.ts'
import type { Developers } from '../../web/portal/developers-app.ts'
import type { Config } from '../config.ts'

export type DeveloperParts = {
  readonly mode: Config['mode']
  readonly pool: pg.Pool
  readonly sealer: Sealer
  readonly webhooks: StaffWebhooks
  readonly requests: Pick<RequestLog, 'list'>
  readonly sandbox: StaffSandbox | undefined
  readonly claim?: ClaimNames | undefined
}

/** The developers' side of the portal. */
export function wireDevelopers({ mode, pool, sealer, webhooks, requests, sandbox, claim }: DeveloperParts): Developers {
  return {
    keys: createStaffKeys({ pool, sealer, clock: systemClock, mode, profiles, claim }),
    webhooks,
    requests,
    sandbox,
    widgetToken: (merchantId) => outageAsUnavailable(findWidgetToken(pool, merchantId)),
  }
}
