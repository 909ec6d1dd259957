import { simulatedInstance } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import type { Fault } from '../../../src/rails/card/valitor/simulator/faults.ts'
import { approvedCard, channel, organization } from '../protocols/salescloud.ts'
import type { Answer } from './crash-client.ts'
import type { Random } from './crash-random.ts'

export const simulatedPath = `/v/1/${organization}/${channel}/${simulatedInstance}`

/** One payment that a shop wants, and everything it heard of it. */
export type CardPayment = {
  /** unique: kept with the order as its comment, and the `requestId` when the shop sends one */
  readonly tag: string
  readonly hasRequestId: boolean
  readonly amount: number
  readonly seats: number
  readonly body: string
  readonly heard: (Answer | 'lost')[]
}

const evening = { uuid: '2ea94c7d-51f8-4b03-86ce-0d9b7f3a5e12', startsAtTimeInMillis: Date.UTC(2035, 5, 17, 19) }
const seatPrice = 4_900
const declinedNumbers = ['4000000000000341', '4000000000000002', '4000000000009995'] as const

export function aRandomPayment(random: Random, tag: string): CardPayment {
  const hasRequestId = random.chance(85)
  const seats = random.chance(25) ? random.between(1, 2) : 0
  const amount = seats > 0 ? seats * seatPrice : random.between(1, 90_000)
  const cardNumber = random.chance(75) ? approvedCard.cardNumber : random.pick(declinedNumbers)
  const body = JSON.stringify({
    namespace: 'valitor_greidslugatt',
    amount,
    currency_code: 'ISK',
    details: { ...approvedCard, cardNumber },
    comment: tag,
    ...(hasRequestId && { requestId: tag }),
    ...(seats > 0 && { items: [{ ...evening, quantity: seats }] }),
  })
  return { tag, hasRequestId, amount, seats, body, heard: [] }
}

export function answersOf({ heard }: CardPayment): Answer[] {
  return heard.filter((each) => each !== 'lost')
}

/** A few things for the acquirer to do wrong in the course of a round. */
export function someFaults(random: Random): Fault[] {
  return Array.from({ length: random.between(0, 6) }, () => ({
    ...aFault(random),
    count: random.between(1, 4),
    ...(random.chance(15) && { match: { operation: 'KVITTUN' } }),
  }))
}

function aFault(random: Random): Fault {
  const kind = random.pick([
    'slow',
    'cut_before',
    'cut_after',
    'duplicate',
    'nonsense',
    'unavailable',
    'decline',
  ] as const)
  if (kind === 'slow') return { fault: kind, ms: random.between(1, 150) }
  if (kind === 'decline') return { fault: kind, code: random.pick(['51', '05', '91']) }
  if (kind === 'nonsense') {
    return {
      fault: kind,
      shape: random.pick(['html', 'truncated', 'empty', 'fault', 'other_reference', 'other_amount']),
    }
  }
  return { fault: kind }
}
