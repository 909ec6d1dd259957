import { ok } from '../../../kernel/result.ts'
import { abilities, type Connector } from '../connector.ts'
import { createSandbox, sandboxName } from './sandbox.ts'

/** Each acquirer made here has a memory of its own: make it once and keep it. */
export const sandboxConnector: Connector = {
  name: sandboxName,
  fields: [],
  abilities: new Set(abilities),
  check: () => ok(undefined),
  create: (_credentials, { clock }) => ok(createSandbox(clock)),
}
