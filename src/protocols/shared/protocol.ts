import type { App } from '../../app/app.ts'
import type { Part } from '../../http/server.ts'

/**
 * One merchant API: a folder here and a line in `index.ts`. It registers its routes in a scope of its own, with its own
 * authentication, body parsing and error shape, and talks to nothing but the app.
 */
export type ProtocolAdapter = Part<App>
