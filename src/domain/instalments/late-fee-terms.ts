import { ok, type Result, refuse } from '../../kernel/result.ts'

/** A fee that an instalment gets once it is late for so many whole days, counted after its due day. Minor units. */
export type LateFeeStage = { readonly afterDays: number; readonly amount: bigint }

/** What being late costs the shoppers of a country. Without stages it costs nothing. */
export type LateFeeTerms = {
  /** in the order of their days */
  readonly stages: readonly LateFeeStage[]
  /** what the fees of one instalment come to at most, minor units */
  readonly mostPerInstalment: bigint
  /** what the fees of an order come to at most, parts per million of it */
  readonly mostOfOrderPpm: number
}

/** Terms as JSON keeps them. */
export type StoredLateFeeTerms = {
  readonly stages: readonly { readonly afterDays: number; readonly amount: string }[]
  readonly mostPerInstalment: string
  readonly mostOfOrderPpm: number
}

export type LateFeeTermsRefusal = 'too_many_stages' | 'days_out_of_range' | 'days_not_rising' | 'amount_not_positive'

export const mostStages = 10

/** Longer than this after its due day nobody expects a new fee any more. */
const longestDays = 90

/** Whether terms can be kept; amounts that the most would cut are not a mistake. */
export function checkLateFeeTerms(terms: LateFeeTerms): Result<LateFeeTerms, LateFeeTermsRefusal> {
  const { stages, mostPerInstalment } = terms
  if (stages.length > mostStages) return refuse('too_many_stages')
  if (stages.some(({ afterDays }) => !Number.isInteger(afterDays) || afterDays < 1 || afterDays > longestDays))
    return refuse('days_out_of_range')
  if (stages.some(({ afterDays }, index) => index > 0 && afterDays <= (stages[index - 1]?.afterDays ?? 0)))
    return refuse('days_not_rising')
  if (stages.some(({ amount }) => amount <= 0n) || (stages.length > 0 && mostPerInstalment <= 0n))
    return refuse('amount_not_positive')
  return ok(terms)
}

export function storedTerms({ stages, mostPerInstalment, mostOfOrderPpm }: LateFeeTerms): StoredLateFeeTerms {
  return {
    stages: stages.map(({ afterDays, amount }) => ({ afterDays, amount: String(amount) })),
    mostPerInstalment: String(mostPerInstalment),
    mostOfOrderPpm,
  }
}

export function readStoredTerms({ stages, mostPerInstalment, mostOfOrderPpm }: StoredLateFeeTerms): LateFeeTerms {
  return {
    stages: stages.map(({ afterDays, amount }) => ({ afterDays, amount: BigInt(amount) })),
    mostPerInstalment: BigInt(mostPerInstalment),
    mostOfOrderPpm,
  }
}
