/**
 * Why a rail refused: the closed, protocol-neutral list that acquirers map into and protocols map out of. An acquirer's
 * own code travels beside it for the operator, never instead of it.
 */
export const failureReasons = [
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'invalid_card_number',
  'invalid_expiry',
  'incorrect_security_code',
  'lost_or_stolen_card',
  'suspected_fraud',
  'not_permitted',
  'limit_exceeded',
  'authentication_required',
  'issuer_unavailable',
  'duplicate',
  'processing_error',
  'outcome_unknown',
] as const

export type FailureReason = (typeof failureReasons)[number]
