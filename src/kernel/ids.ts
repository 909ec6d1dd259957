import { randomInt, randomUUID } from 'node:crypto'
import type { Brand } from './brand.ts'

export type MerchantId = Brand<number, 'MerchantId'>
export type PaymentId = Brand<string, 'PaymentId'>
export type CommandId = Brand<string, 'CommandId'>
export type AttemptId = Brand<string, 'AttemptId'>

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** Characters of a merchant's routing prefix, the first of every payment id of that merchant. */
export const prefixLength = 4

/** Prefix and random part together: twelve, the longer of the two lengths seen on Scalapay's wire (scalapay.md 1.5). */
const paymentIdLength = 12

/** Upper-case letters and digits from the system's random source, without modulo bias. */
export function randomToken(length: number): string {
  let token = ''
  for (let i = 0; i < length; i++) token += alphabet[randomInt(alphabet.length)]
  return token
}

/** A fresh payment id under the merchant's prefix: 36^8 per merchant; the rare clash is refused by the key and retried. */
export function newPaymentId(prefix: string): PaymentId {
  return (prefix + randomToken(paymentIdLength - prefixLength)) as PaymentId
}

/** The text as a payment id when it has the form of one; undefined for anything else, before it costs a query. */
export function parsePaymentId(text: string): PaymentId | undefined {
  return /^[A-Z0-9]{12}$/.test(text) ? (text as PaymentId) : undefined
}

export function newCommandId(): CommandId {
  return randomUUID() as CommandId
}

export function newAttemptId(): AttemptId {
  return randomUUID() as AttemptId
}
