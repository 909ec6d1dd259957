import type { ChainOperatorParts } from '../../app/chain/operator/save-chain.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'

/** Works with the chains themselves, whose endpoints are sealed. A refusal becomes the command's own. */
export async function withOperator<T>(
  io: Io,
  work: (
    parts: ChainOperatorParts,
  ) => Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }>,
): Promise<T> {
  const done = await withDatabase(io, ({ pool, mode, sealer }) =>
    work({
      ...{ pool, mode },
      // Not before something is sealed or opened: a command that does neither needs no key.
      sealer: { seal: (text) => sealer().seal(text), open: (bytes) => sealer().open(bytes) },
    }),
  )
  if (!done.ok) throw new CliError(done.reason)
  return done.value
}

/** Addresses from the command line; `-` stands for those in the environment, where nobody else on the machine sees them. */
export function readAddresses({ env }: Io, given: readonly string[]): readonly string[] {
  return given.flatMap((text) => {
    if (text !== '-') return [text]
    const found = env.TERCET_RPC?.split(/[\s,]+/).filter((each) => each !== '') ?? []
    if (found.length === 0) throw new CliError('TERCET_RPC is not set, and endpoints are to be read from it')
    return found
  })
}
