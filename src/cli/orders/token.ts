import { type PaymentId, parsePaymentId } from '../../kernel/ids.ts'
import { CliError } from '../cli-error.ts'

export function readToken(text: string): PaymentId {
  const token = parsePaymentId(text)
  if (token !== undefined) return token
  throw new CliError('an order token is twelve capital letters and digits, like SHOP7Q2M9XCV')
}
