import type { PortalApp } from '../../portal-app.ts'
import { buttonRoutes } from './button-routes.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { requestRoutes } from './request-routes.ts'
import { sandboxRoutes } from './sandbox-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'

/** What a developer works with: keys, webhooks, what was asked of the APIs, and the sandbox. */
export function developerRoutes(app: PortalApp) {
  return [
    ...keyRoutes(app),
    ...webhookRoutes(app),
    ...deliveryRoutes(app),
    ...requestRoutes(app),
    ...sandboxRoutes(app),
    ...buttonRoutes(app),
  ] as const
}
