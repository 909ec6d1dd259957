import { bundles } from './bundles.ts'
import { buildBundle } from './shared/build/build-bundle.ts'

// `npm run build`, and what installation and a stale start run. One after the other: each takes half a gigabyte.
for (const bundle of bundles) {
  const isNew = await buildBundle(bundle)
  process.stdout.write(`${bundle.name}: ${isNew ? 'built' : 'up to date'}\n`)
}
