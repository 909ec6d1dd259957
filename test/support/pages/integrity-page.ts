import { readFile, writeFile } from 'node:fs/promises'
import { buildBundle } from '../../../src/web/shared/build/build-bundle.ts'
import { readBundle } from '../../../src/web/shared/build/built-bundle.ts'
import { widgetBundle } from '../../../src/web/widget/bundle.ts'
import { pinnedLine } from '../../../src/web/widget/pinned-line.ts'

const page = new URL('../../../docs/generated/widget-integrity.md', import.meta.url)

/** `docs/generated/widget-integrity.md`: the script line that pins this version of the widget. */
export async function integrityPage(): Promise<string> {
  await buildBundle(widgetBundle)
  const bundle = await readBundle(widgetBundle)
  const line = pinnedLine(bundle, 'https://pay.example')
  if (line === undefined) throw new Error('the widget is not built')
  return `# The widget of this version

Written by \`npm run update\`. It changes with every change of the widget: a page that pins it is changed when the server is upgraded.

\`\`\`html
${line}
\`\`\`

A pinned page has no loader, which keeps the widget's place. The shop's own style sheet does it instead:

\`\`\`css
scalapay-widget:not(:defined), tercet-widget:not(:defined) { display: block; min-height: 64px; }
\`\`\`
`
}

export async function readIntegrityPage(): Promise<string> {
  return await readFile(page, 'utf8').catch(() => '')
}

export async function writeIntegrityPage(): Promise<readonly string[]> {
  await writeFile(page, await integrityPage())
  return ['docs/generated/widget-integrity.md']
}
