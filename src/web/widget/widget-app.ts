import type { App } from '../../app/app.ts'
import type { WebBuild } from '../shared/build/web-build.ts'

/** What the widget's addresses need. */
export type WidgetApp = Pick<App, 'mode' | 'publicUrl' | 'merchants'> & { readonly build: Pick<WebBuild, 'find'> }
