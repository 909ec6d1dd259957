import { readFileSync } from 'node:fs'
import type { Bundle } from '../shared/build/bundle.ts'

/** The most bytes with brotli that the portal's first page may load, and all of its pages together. */
const sizeLimits = JSON.parse(readFileSync(new URL('size-limit.json', import.meta.url), 'utf8')) as {
  readonly first: number
  readonly all: number
}

/** The portal in the browser. Its pages are loaded when they are opened. */
export const portalBundle: Bundle = {
  name: 'portal',
  entries: { main: 'src/web/portal/browser/main.tsx' },
  inputs: [
    'src/web/portal/bundle.ts',
    'src/web/portal/browser',
    'src/web/portal/api/orders/order-status.ts',
    'src/web/shared/device-name.ts',
    'src/web/portal/size-limit.json',
  ],
  limits: { main: sizeLimits.all },
  firstLoadLimits: { main: sizeLimits.first },
}
