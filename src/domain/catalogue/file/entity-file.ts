import type { CatalogueKind } from '../model/kinds.ts'
import type { FileProblem } from './file-problem.ts'
import type { CatalogueFile } from './file-schema.ts'

/** One entity of unknown shape as the only one of an organization's file, so that it is read and checked like an import. */
export function fileOfEntity(
  organization: CatalogueFile['organization'],
  kind: CatalogueKind,
  entity: unknown,
): object {
  return { organization, [kind]: [entity] }
}

/** A file's problems for a caller that sent only what stands at `prefix` in it: `units[0].location` is their `location`. */
export function problemsWithin(prefix: string, problems: readonly FileProblem[]): readonly FileProblem[] {
  return problems.map(({ path, message: text }) => {
    // A message may name another place: `repeats units[0].location`.
    const message = text.replaceAll(`${prefix}.`, '')
    if (path === prefix) return { path: 'the body', message }
    return { path: path.startsWith(`${prefix}.`) ? path.slice(prefix.length + 1) : path, message }
  })
}
