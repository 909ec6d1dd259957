import { glob, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Path from the project's root, with `/`, to text. */
export type Sources = ReadonlyMap<string, string>

const root = join(import.meta.dirname, '../../..')

/** Every source file of the project. */
export async function readSources(): Promise<Sources> {
  const patterns = ['src/**/*.{ts,tsx,js}', 'test/**/*.ts', 'bench/**/*.ts', '*.ts']
  const paths = (await Array.fromAsync(glob(patterns, { cwd: root }))).sort()
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)),
  )
}

const statement = /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g
const bare = /(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g
const dynamic = /\bimport\s*\(\s*['"]([^'"]+)['"]/g

/** The modules a file imports, types included: a type of a forbidden layer is as much knowledge of it as a value. */
export function importsOf(source: string): readonly string[] {
  return [statement, bare, dynamic].flatMap((form) => [...source.matchAll(form)].map((match) => match[1] ?? ''))
}

/** Every literal that names another file: imports, workers, child processes. Paths from the project's root. */
export function mentionsOf(path: string, source: string): readonly string[] {
  const literals = [...source.matchAll(/['"`]([^'"`\s]+\.[jt]sx?)['"`]/g)].map((match) => match[1] ?? '')
  return literals.flatMap((literal) => [join(dirname(path), literal), literal])
}
