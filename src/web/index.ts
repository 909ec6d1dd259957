import type { App } from '../app/app.ts'
import type { Part } from '../http/server.ts'
import { checkout } from './checkout/index.ts'

/** Every set of pages that people see. */
export const pages: readonly Part<App>[] = [checkout]
