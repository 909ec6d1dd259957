import type { BuiltBundle } from '../shared/build/built-bundle.ts'

/**
 * The script line that pins a version of the element: browsers refuse any other content of it. Its language's file comes from the same
 * versioned folder, without a hash. Undefined while nothing is built.
 */
export function pinnedLine(bundle: BuiltBundle | undefined, publicUrl: string): string | undefined {
  const integrity = bundle?.entries.widget?.integrity
  if (integrity === undefined) return undefined
  return `<script type="module" crossorigin src="${publicUrl}/widget/v5/${bundle?.version}/widget.js"\n  integrity="${integrity}"></script>`
}
