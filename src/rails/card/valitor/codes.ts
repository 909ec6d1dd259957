import type { FailureReason } from '../../../domain/payment/failure.ts'

/**
 * What a code other than approval comes to. `settled` says whether the code alone ends the matter: those that speak of a
 * time-out, a malfunction or a duplicate may hide an approval, so after them the receipt is asked for.
 */
export type RefusalCode = { readonly reason: FailureReason; readonly settled: boolean }

const settled = (reason: FailureReason): RefusalCode => ({ reason, settled: true })
const unsettled = (reason: FailureReason): RefusalCode => ({ reason, settled: false })

/** Issuer and scheme answers. T3 (a duplicate counted as success) and Q2 stay unknown. */
export const issuerCodes: Readonly<Record<string, RefusalCode>> = {
  '05': settled('card_declined'),
  '14': settled('invalid_card_number'),
  '1A': settled('authentication_required'),
  '41': settled('lost_or_stolen_card'),
  '43': settled('lost_or_stolen_card'),
  '51': settled('insufficient_funds'),
  '54': settled('expired_card'),
  '57': settled('not_permitted'),
  '59': settled('suspected_fraud'),
  '61': settled('limit_exceeded'),
  '65': settled('authentication_required'),
  '91': settled('issuer_unavailable'),
  '93': settled('not_permitted'),
  '94': unsettled('duplicate'),
  '96': unsettled('processing_error'),
  A5: settled('invalid_card_number'),
  A6: settled('invalid_expiry'),
  AE: settled('incorrect_security_code'),
  AW: unsettled('issuer_unavailable'),
  C2: settled('authentication_required'),
  C3: settled('authentication_required'),
  C8: settled('authentication_required'),
  N7: settled('incorrect_security_code'),
  R0: settled('not_permitted'),
  R1: settled('not_permitted'),
  R3: settled('not_permitted'),
}

/** The gateway did not look at the request: service id unknown, wrong user or password, no access, not from this IP. */
export const configurationCodes: ReadonlySet<string> = new Set(['1', '2', '3', '4'])

/** `Villunumer` 0 is the gateway's "no error", 00 the issuer's approval. */
export const approvalCodes: ReadonlySet<string> = new Set(['0', '00'])

/** Our assumption (docs/protocols/valitor.md): no transaction under that reference, and none will be made any more. */
export const neverSeenCode = '404'

/** The refusal a code stands for, or undefined for one that nobody listed: never guessed. */
export function refusalOf(code: string): RefusalCode | undefined {
  if (configurationCodes.has(code)) return { reason: 'processing_error', settled: true }
  return Object.hasOwn(issuerCodes, code) ? issuerCodes[code] : undefined
}
