import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/*
 * Documents whose examples are run as a reader would paste them.
 */

const root = join(import.meta.dirname, '../..')

/** The text below the heading, up to the next one of its level. */
export function sectionOf(text: string | undefined, heading: string): string {
  const start = text?.indexOf(`${heading}\n`) ?? -1
  assert(text && start >= 0, `there is a section "${heading}"`)
  return text.slice(start + heading.length).split(/^## /m, 1)[0] as string
}

/** Indentation within a list goes. */
export function shellBlocks(section: string | undefined, info: string): string[] {
  const blocks = [...(section ?? '').matchAll(/^ *```(.*)\n([\s\S]*?)^ *```$/gm)].filter(([, name]) => name === info)
  assert(blocks.length > 0, `there are blocks marked ${info}`)
  return blocks.map(([, , text = '']) => text.replace(/^ +(?=npx)/gm, ''))
}

type Setting = {
  readonly port: number
  readonly hooks: number
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * All blocks in one session, since later ones use what earlier ones set; it ends at the first command that fails, also
 * inside a pipe, or after five minutes. curl is told to fail for an error status. Only the ports differ from what a reader would paste.
 */
export async function runShell(
  blocks: readonly string[],
  { port, hooks, cwd = root, environment = {} }: Setting,
): Promise<string> {
  // In one pass: a port that was put in may itself contain the digits of the other.
  const ports: Readonly<Record<string, string>> = { 'localhost:8080': `localhost:${port}`, '3000': String(hooks) }
  const script = blocks.join('\n').replaceAll(/\blocalhost:8080\b|\b3000\b/g, (found) => ports[found] ?? found)
  // A newline behind each answer, and its own end: a loop that waits for a success must not take a refusal for one.
  const curl = 'curl() { local end=0; command curl --fail-with-body "$@" || end=$?; echo; return $end; }'
  const strict = `set -euo pipefail\n${curl}\n${script}`
  const env = { ...process.env, PORT: String(port), ...environment }
  const { stdout } = await promisify(execFile)('bash', ['-c', strict], {
    cwd,
    env,
    timeout: 300_000,
    killSignal: 'SIGKILL',
  })
  return stdout
}
