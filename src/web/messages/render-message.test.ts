import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OpenFacts } from '../../domain/message/rendered-message.ts'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import { languages } from '../../kernel/language.ts'
import { renderMessageFor } from './render-message.ts'

const render = renderMessageFor('https://pay.example')
const EUR = (minor: string) => ({ currency: 'EUR', minor })
const date = '2028-02-29' as CalendarDate
const shop = 'Bókabúð'
const card = { brand: 'Visa', last4: '4242' }

const all: readonly OpenFacts[] = [
  { kind: 'code', code: '493817', minutes: 10 },
  { kind: 'pay_link', shop, amount: '25 USDT', url: 'https://pay.example/pay/1' },
  { kind: 'invitation', shop, invitedBy: 'ada@example.com', url: 'https://pay.example/portal/invitation/x', days: 7 },
  { kind: 'order_confirmed', shop, total: EUR('9000'), plan: [{ dueAt: date, amount: EUR('3000') }] },
  { kind: 'charged_soon', shop, amount: EUR('3000'), dueAt: date, card },
  { kind: 'charged', shop, amount: EUR('3000'), card },
  { kind: 'charge_failed', shop, amount: EUR('3000'), nextTryAt: date },
  { kind: 'charged', shop, amount: EUR('3120'), lateFee: EUR('120'), card },
  { kind: 'charge_failed', shop, amount: EUR('3000'), lateFee: { amount: EUR('120'), from: date } },
  { kind: 'late_fee', shop, amount: EUR('120'), payable: EUR('3120') },
  { kind: 'late_fee_waived', shop, amount: EUR('120') },
  { kind: 'refunded', shop, amount: EUR('3000'), toCard: EUR('1000') },
  { kind: 'cancelled', shop, total: EUR('9000') },
  { kind: 'overdue', shop, amount: EUR('3000') },
]

test('says everything in every language, as e-mail and as text', () => {
  for (const language of languages) {
    for (const facts of all) {
      const mail = render(facts, language, 'email')
      const sms = render(facts, language, 'sms')
      for (const text of [mail.subject, mail.text, mail.html, sms.text]) {
        assert.notEqual(text, '')
        assert.doesNotMatch(text, /undefined|\[object|\$\{/, `${language} ${facts.kind}`)
      }
      assert(mail.text.includes('code' in facts ? facts.code : shop), `${language} ${facts.kind}`)
    }
  }
})

test('tells what of a refund goes to the card and what off the plan', () => {
  const { text } = render({ kind: 'refunded', shop, amount: EUR('3000'), toCard: EUR('1000') }, 'en', 'email')
  assert.match(text, /refunds you €30\.00.*€20\.00 was taken off.*€10\.00 goes back/s)
  assert.doesNotMatch(
    render({ kind: 'refunded', shop, amount: EUR('3000'), toCard: EUR('0') }, 'en', 'email').text,
    /goes back/,
  )
})

test('lets a phone fill a code in on our page alone', () => {
  assert.match(render({ kind: 'code', code: '493817', minutes: 10 }, 'en', 'sms').text, /\n\n?@pay\.example #493817$/)
})

test('prints a hostile name as text, on one line in the subject', () => {
  const hostile = '<script>1</script>\r\nBcc: all@example.com'
  const { subject, html } = render({ kind: 'cancelled', shop: hostile, total: EUR('1') }, 'en', 'email')
  assert.doesNotMatch(subject, /[\r\n]/)
  assert.doesNotMatch(html, /<script/)
})
