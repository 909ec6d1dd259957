import type { PortalApp } from '../portal-app.ts'
import { accountRoutes } from './account-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { createExports } from './csv.ts'
import { developerRoutes } from './developers/index.ts'
import { actionRoutes } from './orders/action-routes.ts'
import { exportRoutes } from './orders/export-routes.ts'
import { liveRoutes } from './orders/live-routes.ts'
import { orderRoutes } from './orders/order-routes.ts'
import { viewRoutes } from './orders/view-routes.ts'
import type { PathsOf } from './paths.ts'
import { peopleRoutes } from './people-routes.ts'
import { salesRoutes } from './sales-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { brandRoutes } from './settings/brand-routes.ts'
import { catalogueRoutes } from './settings/catalogue-routes.ts'
import { chainRoutes } from './settings/chain-routes.ts'
import { shopRoutes } from './settings/shop-routes.ts'
import { transferRoutes } from './settings/transfer-routes.ts'

/** Every call of the portal's own API. A new one is an entry in one of these lists; docs/generated/portal-routes.md prints them. */
export function portalRoutes(app: PortalApp) {
  const exporting = createExports()
  return [
    ...sessionRoutes(app),
    ...accountRoutes(app),
    ...peopleRoutes(app),
    ...auditRoutes(app, exporting),
    ...orderRoutes(app),
    ...exportRoutes(app, exporting),
    ...viewRoutes(app),
    ...actionRoutes(app),
    ...salesRoutes(app),
    ...brandRoutes(app),
    ...catalogueRoutes(app),
    ...chainRoutes(app),
    ...shopRoutes(app),
    ...transferRoutes(app),
    ...liveRoutes(app),
    ...developerRoutes(app),
  ] as const
}

/** What the browser's client is typed by. */
export type PortalPaths = PathsOf<ReturnType<typeof portalRoutes>[number]>
