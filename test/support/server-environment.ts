import { longPatience } from './patience.ts'

const { PATH, NODE_COMPILE_CACHE } = process.env

/** What a server that a test starts gets of this process's environment, and more patience with the database than usual. */
export const serverEnvironment: Readonly<Record<string, string | undefined>> = {
  PATH,
  ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }),
  ...longPatience,
  // Chains in memory: the real ones of a sandbox cost a start as much processor time as the server itself.
  TERCET_ANVIL: '/none/here',
}

/** For the tests that pay on the sandbox's real chains. */
export const realChains = { TERCET_ANVIL: '' } as const
