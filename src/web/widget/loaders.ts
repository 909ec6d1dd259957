import type { BuiltFile } from '../shared/build/built-bundle.ts'
import { builtText } from '../shared/build/send-built.ts'
import { loaderText } from './loader.ts'

/**
 * The addresses of three generations, and ours, with the way from each to `/widget/`. The first script of the first generation was a
 * polyfill that no browser needs any more: it is empty, and the script that always follows it loads the widget.
 */
export const loaderPaths: Readonly<Record<string, string | null>> = {
  '/js/scalapay-widget/webcomponents-bundle.js': null,
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
    const text =
      toWidget === null
        ? ''
        : loaderText({ name, path: `${toWidget}v5/${version}/widget.js`, fallback: publicUrl + path })
    return [path, builtText(name, 'text/javascript; charset=utf-8', text)] as const
  })
  return new Map(files)
}
