import type { CardAcquirer } from '../rail.ts'

/**
 * Stands where no acquirer is configured: declines every card, and has never seen anything. A server in live mode must not
 * fall back to the sandbox's test cards.
 */
export const noAcquirer: CardAcquirer = {
  name: 'none',
  perform: async () => ({ kind: 'declined', reason: 'not_permitted', code: 'no_acquirer', payload: {} }),
  find: async () => ({ kind: 'never_seen' }),
}
