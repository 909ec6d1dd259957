import { payBundle } from './pay/bundle.ts'
import { portalBundle } from './portal/bundle.ts'
import { requestBundle } from './request/bundle.ts'
import type { Bundle } from './shared/build/bundle.ts'
import { playgroundBundle, widgetBundle } from './widget/bundle.ts'

/** Everything that is built for browsers. */
export const bundles: readonly Bundle[] = [widgetBundle, playgroundBundle, payBundle, requestBundle, portalBundle]
