import { readFile, writeFile } from 'node:fs/promises'
import { type Command, CommanderError } from 'commander'
import { createProgram } from '../../../src/cli/program.ts'
import { cliRun } from '../cli.ts'

const page = new URL('../../../docs/cli.md', import.meta.url)

/** `docs/cli.md`: every help text as the program prints it. */
export async function cliPage(): Promise<string> {
  const sections: string[] = [
    '# The command line',
    '',
    'Written by `npm run update` from the help texts of the program.',
    '',
  ]
  for (const words of commandsOf(createProgram(cliRun().io))) {
    const run = cliRun()
    await createProgram(run.io)
      .parseAsync([...words, '--help'], { from: 'user' })
      .catch(passHelp)
    sections.push(`## ${['tercet', ...words].join(' ')}`, '', '```', run.out().trimEnd(), '```', '')
  }
  return sections.join('\n')
}

export async function readCliPage(): Promise<string> {
  return await readFile(page, 'utf8').catch(() => '')
}

export async function writeCliPage(): Promise<readonly string[]> {
  await writeFile(page, await cliPage())
  return ['docs/cli.md']
}

/** The words of each command: of the program itself none, then each command before its own. */
export function commandsOf(command: Command, words: readonly string[] = []): (readonly string[])[] {
  return [words, ...command.commands.flatMap((each) => commandsOf(each, [...words, each.name()]))]
}

function passHelp(error: unknown): void {
  if (!(error instanceof CommanderError) || error.code !== 'commander.helpDisplayed') throw error
}
