import { dirname, join } from 'node:path'
import { importsOf, type Sources } from './source-files.ts'

/** More files than this and a folder holds more than one noun. Unit tests stand beside their files and do not count. */
const mostFiles = 20

/** Folders that may hold more, each with its reason. */
const exceptions: ReadonlyMap<string, string> = new Map([])

/** A line for each folder of the program or its tests that has grown past what one looks through at a glance. */
export function crowdedRooms(sources: Sources): readonly string[] {
  const counts = new Map<string, number>()
  for (const path of sources.keys()) {
    if (path.startsWith('src/') && path.endsWith('.test.ts')) continue
    counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
  }
  return [...counts]
    .filter(([folder, count]) => count > mostFiles && !exceptions.has(folder))
    .map(([folder, count]) => `${folder}: ${count} files`)
}

/** Each circle of imports once, as `a -> b -> a`. Types count: files that need each other's types are one file in two places. */
export function importCircles(sources: Sources): readonly string[] {
  const found: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path)
    if (at >= 0) found.push([...trail.slice(at), path].join(' -> '))
    if (at >= 0 || done.has(path)) return
    for (const target of importedFiles(path, sources)) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of sources.keys()) visit(path, [])
  return found
}

function importedFiles(path: string, sources: Sources): readonly string[] {
  return importsOf(sources.get(path) ?? '')
    .filter((target) => target.startsWith('.'))
    .map((target) => join(dirname(path), target))
    .filter((target) => sources.has(target))
}
