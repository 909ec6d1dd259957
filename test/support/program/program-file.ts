import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** What is started as a process of its own, often by many tests: these are bundled for a whole run (bundle-program.ts). */
export const programs = [
  'src/cli/tercet.js',
  'src/app/catalogue/import-thread.ts',
  'src/rails/card/valitor/simulator/main.ts',
  'test/support/cells/bring-back-process.ts',
  'test/support/cells/mover-process.ts',
  'test/support/chain/watcher-process.ts',
  'test/support/collection/acquirer-process.ts',
  'test/support/collection/collector-process.ts',
  'test/support/program/load-program.ts',
] as const

export type Program = (typeof programs)[number]

/** What Node is given to run it: the bundled file in a whole run, the source when a test file is run by hand. */
export function programFile(program: Program): string {
  const folder = process.env.TERCET_TEST_PROGRAM
  return folder === undefined ? sourceFile(program) : bundledFile(folder, program)
}

/** The file as it is installed: for tests of what an operator starts. */
export function sourceFile(program: Program): string {
  return join(root, program)
}

export function bundledFile(folder: string, program: Program): string {
  return join(folder, program.replace(/\.ts$/, '.js'))
}
