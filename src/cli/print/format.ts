import { currencyOf } from '../../kernel/currency.ts'
import { type Instant, isoOf } from '../../kernel/instant.ts'
import { decimalOf, money } from '../../kernel/money.ts'

/** `2024-11-08 13:06:17 UTC` */
export function timeText(instant: Instant): string {
  return `${isoOf(instant).slice(0, 19).replace('T', ' ')} UTC`
}

/** `90.00 EUR`; a currency that this program does not know is shown in minor units. */
export function amountText(minor: bigint, code: string): string {
  return `${amountDecimal(minor, code)} ${code}`
}

/** An amount in JSON output: `{ "amount": "90.00", "currency": "EUR" }`. */
export function amountView(minor: bigint, code: string): { amount: string; currency: string } {
  return { amount: amountDecimal(minor, code), currency: code }
}

function amountDecimal(minor: bigint, code: string): string {
  const currency = currencyOf(code)
  return currency === undefined ? minor.toString() : decimalOf(money(currency, minor))
}

/** `2.9 %` of 29,000 parts per million. */
export function percentText(ppm: number): string {
  return `${ppm / 10_000} %`
}

/** `12,000` */
export function countText(count: number): string {
  return count.toLocaleString('en-GB')
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const

/** `1d12h`, or `90m` where that is shorter: as `parseDuration` reads it and people type it. */
export function durationText(milliseconds: number): string {
  const whole = units.find(([, size]) => milliseconds % size === 0 && milliseconds >= size)
  if (whole && milliseconds / whole[1] < 100) return `${milliseconds / whole[1]}${whole[0]}`
  let rest = milliseconds
  let text = ''
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size)
    if (count > 0) text += `${count}${unit}`
    rest -= count * size
  }
  return text || '0s'
}
