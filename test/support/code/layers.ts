import { dirname, join } from 'node:path'
import { importsOf, type Sources } from './source-files.ts'

/** Which layers a layer may import beside itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  domain: ['kernel'],
  db: ['kernel', 'domain'],
  rails: ['kernel', 'domain'],
  engine: ['kernel', 'domain', 'db'],
  app: ['kernel', 'domain', 'db', 'engine', 'rails'],
  http: ['kernel'],
  protocols: ['kernel', 'domain', 'app', 'engine', 'http'],
  web: ['kernel', 'domain', 'app', 'engine', 'http'],
  jobs: ['kernel', 'domain', 'db', 'rails', 'engine', 'app', 'http', 'protocols'],
  cli: ['kernel', 'domain', 'db', 'rails', 'engine', 'app', 'http', 'protocols', 'jobs', 'web', 'main'],
  main: ['kernel', 'domain', 'db', 'rails', 'engine', 'app', 'http', 'protocols', 'jobs', 'web', 'cli'],
}

/** Layers whose folders are peers: none knows another, so that one can be added or taken away alone. What they share is in `shared/`. */
const layersOfPeers = ['protocols', 'rails', 'web']

/** Rails that the rest of the program knows by their port alone: one folder, and one line in this file. */
const railsBehindTheirPort = ['evm']
const indexOfRails = 'src/rails/index.ts'

/** A line for each import of the program that breaks the layer rule. Tests may import anything and are not looked at. */
export function brokenLayers(sources: Sources): readonly string[] {
  const program = [...sources].filter(([path]) => path.startsWith('src/') && !path.endsWith('.test.ts'))
  return program.flatMap(([path, source]) =>
    importsOf(source).flatMap((target) => {
      const why = objection(path, target)
      return why === undefined ? [] : [`${path} imports ${target}: ${why}`]
    }),
  )
}

function objection(path: string, target: string): string | undefined {
  const layer = layerOf(path)
  const allowed = layer === undefined ? undefined : mayImport[layer]
  if (layer === undefined || allowed === undefined) return 'the file is in no known layer'
  if (!target.startsWith('.'))
    return layer === 'kernel' && !target.startsWith('node:') ? 'kernel uses no package' : undefined
  const found = join(dirname(path), target)
  const other = layerOf(found)
  if (other === undefined) return 'the program imports only from src'
  const [own, peer] = [folderOf(path), folderOf(found)]
  const isRail = other === 'rails' && peer !== undefined && railsBehindTheirPort.includes(peer)
  if (isRail && path !== indexOfRails && !(layer === other && own === peer)) return `only ${indexOfRails} knows ${peer}`
  if (other !== layer) return allowed.includes(other) ? undefined : `${layer} must not know ${other}`
  if (layer === 'engine' && peer === 'companions' && own !== peer) return 'the engine knows no companion by name'
  if (layersOfPeers.includes(layer) && own && peer && own !== peer && peer !== 'shared')
    return `${layer}/${own} must not know ${layer}/${peer}`
  const [acquirer, another] = [acquirerOf(path), acquirerOf(found)]
  if (acquirer && another && acquirer !== another) return `card/${acquirer} must not know card/${another}`
  return undefined
}

/** The folder of a connector of cards, which are peers as well. */
function acquirerOf(path: string): string | undefined {
  return /^src\/rails\/card\/([^/]+)\//.exec(path)?.[1]
}

/** `src/db/migrate/migrate.ts` is in `db`. */
function layerOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1]
}

/** The folder within the layer; undefined for files that lie in the layer itself. */
function folderOf(path: string): string | undefined {
  return /^src\/[^/]+\/([^/]+)\//.exec(path)?.[1]
}
