import { glob, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import type { Sources } from './source-files.ts'

const root = join(import.meta.dirname, '../../..')

/** Every page and migration of the project, by path. The code is in `readSources`. */
export async function readTexts(): Promise<Sources> {
  const paths = (
    await Array.fromAsync(glob(['*.md', 'docs/**/*.md', 'bench/*.md', 'migrations/*.sql'], { cwd: root }))
  ).sort()
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)),
  )
}

// Put together from parts, so that this file does not find itself.
const private_ = new RegExp(
  `\\b(reference(?: (?:scalapay|salescloud|kupay|widget))? \\d+\\.\\d|[Rr]eference, section|[Ss]e${'ed'} 0\\d|DES${'IGN'}\\b|STY${'LE'} |[Ii]ss${'ue'} \\d|des${'ign'}, section)|/wo${'rk'}/`,
)

/** Lines that send the reader to what is not in the repository, as `path:line`. */
export function privateCitations(texts: Sources): readonly string[] {
  return [...texts].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, at) => (private_.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
  )
}

const section = /\b([a-z][\w-]*\.md) (\d+(?:\.\d+)*)(?![\d:])/g
const decision = /\b[Dd]ecisions?[ /](\d{4})\b/g
const link = /\]\(([^)\s#:]+)(?:#[^)\s]*)?\)/g

/**
 * Citations that lead nowhere, as `path: citation`. `scalapay.md 3.1` is the section of that number of the page in
 * docs/protocols, `decision 0003` the page of that number in docs/decisions; links in pages are paths from the page.
 */
export function brokenCitations(citing: Sources, pages: Sources): readonly string[] {
  return [...citing].flatMap(([path, text]) => [
    ...[...text.matchAll(section)]
      .filter(([, page, number]) => !hasSection(pages.get(`docs/protocols/${page}`), String(number)))
      .map(([whole]) => `${path}: ${whole}`),
    ...[...text.matchAll(decision)]
      .filter(([, number]) => ![...pages.keys()].some((page) => page.startsWith(`docs/decisions/${number}-`)))
      .map(([whole]) => `${path}: ${whole}`),
  ])
}

function hasSection(page: string | undefined, number: string): boolean {
  return (
    page?.split('\n').some((line) => new RegExp(`^#{2,4} ${number.replaceAll('.', '\\.')}\\.? `).test(line)) ?? false
  )
}

/** Relative links of pages to files that `exists` does not know, as `path: link`. */
export function brokenLinks(pages: Sources, exists: (path: string) => boolean): readonly string[] {
  return [...pages].flatMap(([path, text]) =>
    [...text.matchAll(link)]
      .map((match) => match[1] ?? '')
      .filter((target) => !exists(normalize(join(dirname(path), target))))
      .map((target) => `${path}: ${target}`),
  )
}
