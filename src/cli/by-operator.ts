import type { By } from '../app/audit/audit-log.ts'

/** Whoever has this command line: what a merchant's audit log keeps of it. */
export const byOperator: By = { actor: { kind: 'operator', name: 'command line' }, address: null }
