import type { Part } from '../../http/server.ts'
import { registerPortalApi } from './api/index.ts'
import type { PortalApp } from './portal-app.ts'
import { registerShell } from './shell.ts'

/** The seller portal: what a shop's staff opens every morning, and what a developer looks at while integrating. */
export function portal(app: PortalApp): Part<unknown> {
  return {
    name: 'portal',
    register: async (scope) => {
      await registerPortalApi(scope, app)
      registerShell(scope, app)
    },
  }
}
