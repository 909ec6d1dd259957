import { Type } from 'typebox'
import { Value } from 'typebox/value'

const Match = Type.Object(
  {
    operation: Type.Optional(Type.String()),
    reference: Type.Optional(Type.String()),
    last4: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

const nonsenseShapes = [
  'html',
  'truncated',
  'empty',
  'huge',
  'fault',
  'other_reference',
  'other_amount',
  'no_transaction',
] as const

export type NonsenseShape = (typeof nonsenseShapes)[number]

const common = {
  /** absent: any operation that moves money. A receipt is met only by naming its operation. */
  match: Type.Optional(Match),
  /** how often it strikes; 1 when absent */
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
}

/**
 * What can go wrong on demand. `decline` books a refusal with that code; `slow` waits before anything is looked at;
 * `cut_before` cuts the connection with nothing booked, `cut_after` after booking; `duplicate` books, and answers 94 as if
 * a line in between had sent the request twice; `nonsense` books and answers something else; `unavailable` is a 503.
 */
export const Fault = Type.Union([
  Type.Object(
    { ...common, fault: Type.Literal('decline'), code: Type.String({ minLength: 1, maxLength: 10 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { ...common, fault: Type.Literal('slow'), ms: Type.Integer({ minimum: 0, maximum: 600_000 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      ...common,
      fault: Type.Literal('nonsense'),
      shape: Type.Optional(Type.Enum([...nonsenseShapes])),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      ...common,
      fault: Type.Union([
        Type.Literal('cut_before'),
        Type.Literal('cut_after'),
        Type.Literal('duplicate'),
        Type.Literal('unavailable'),
      ]),
    },
    { additionalProperties: false },
  ),
])

export type Fault = Type.Static<typeof Fault>

const FaultList = Type.Array(Fault, { maxItems: 1000 })

/** The list in a control request's body; undefined when it is none. */
export function parseFaults(value: unknown): Fault[] | undefined {
  return Value.Check(FaultList, value) ? value : undefined
}

export type Call = { readonly operation: string; readonly reference: string; readonly last4: string | undefined }

export type FaultQueue = {
  /** replaces everything that was waiting */
  set(faults: readonly Fault[]): void
  /** the first fault that matches, used up by one */
  take(call: Call): Fault | undefined
}

export function createFaultQueue(): FaultQueue {
  let waiting: { readonly fault: Fault; left: number }[] = []
  return {
    set(faults) {
      waiting = faults.map((fault) => ({ fault, left: fault.count ?? 1 }))
    },
    take(call) {
      const found = waiting.find(({ fault }) => matches(fault, call))
      if (found === undefined) return undefined
      found.left -= 1
      waiting = waiting.filter(({ left }) => left > 0)
      return found.fault
    },
  }
}

function matches({ match }: Fault, call: Call): boolean {
  if (match?.operation === undefined && call.operation === 'KVITTUN') return false
  return (['operation', 'reference', 'last4'] as const).every(
    (key) => match?.[key] === undefined || match[key] === call[key],
  )
}
