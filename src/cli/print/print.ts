import type { Io } from '../io.ts'
import { clean, escapeHarmful } from './clean.ts'

/** What every command takes. */
export type OutputOptions = { readonly json?: true }

/** Answers the operator: with `--json` one document and nothing else, otherwise the lines. Lines are cleaned here. */
export function answer(io: Io, options: OutputOptions, view: unknown, lines: () => readonly string[]): void {
  if (options.json) io.out(`${jsonText(view, 2)}\n`)
  else for (const line of lines()) say(io, line)
}

/** One line for a reader, without anything in it that a terminal would act on. */
export function say(io: Io, line: string): void {
  io.out(`${clean(line)}\n`)
}

/** One line on stderr. */
export function tell(io: Io, line: string): void {
  io.err(`tercet: ${clean(line)}\n`)
}

/** One line of a stream of JSON lines. */
export function emit(io: Io, view: unknown): void {
  io.out(`${jsonText(view)}\n`)
}

/** JSON that any terminal can show. Amounts are texts in the views; a bigint that is left over becomes one too. */
export function jsonText(view: unknown, indent?: number): string {
  const text = JSON.stringify(
    view,
    (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    indent,
  )
  // The document's own line breaks are not part of any text in it, where they are escaped already.
  return text.split('\n').map(escapeHarmful).join('\n')
}
