import type { BuiltFile } from '../shared/build/built-bundle.ts'
import { builtText } from '../shared/build/send-built.ts'
import { loaderText } from './loader.ts'

/**
 * The addresses of three generations, and ours, with the way from each to `/widget/`. The first script of the first generation was a
 * polyfill that no browser needs any more: it loads the widget as the second one does, only earlier.
 */
export const loaderPaths: Readonly<Record<string, string>> = {
  '/js/scalapay-widget/webcomponents-bundle.js': '../../widget/',
  '/js/scalapay-widget/scalapay-widget.js': '../../widget/',
  '/widget/v3/js/scalapay-widget.esm.js': '../../',
  '/widget/v3/js/scalapay-widget.js': '../../',
  '/widget/scalapay-widget-loader.js': './',
  '/widget/tercet-widget.js': './',
}

/** Each address's script for that version of the element. */
export function loadersFor(version: string, publicUrl: string): ReadonlyMap<string, BuiltFile> {
  const files = Object.entries(loaderPaths).map(([path, toWidget]) => {
    const name = path.split('/').at(-1) ?? ''
    const text = loaderText({ name, path: `${toWidget}v5/${version}/widget.js`, fallback: publicUrl + path })
    return [path, builtText(name, 'text/javascript; charset=utf-8', text)] as const
  })
  return new Map(files)
}
