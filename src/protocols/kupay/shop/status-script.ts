import type { PaymentStatus } from '../payments/payment-view.ts'

/** `confirming`: all of it is there, and can still be undone. */
export type BoxStatus = PaymentStatus | 'confirming'

/** For an order that nobody knows. */
export const noBox = '/* There is no such order. */\n'

const unpaid = { title: 'Please make your payment via KuPay', hasLink: true } as const
const over = {
  title: 'The time to pay is over',
  text: 'Nothing has come for this order. Ask the shop for a new link.',
  hasLink: false,
} as const

/** What the box says in each state. */
const sayings = {
  open: {
    ...unpaid,
    text: 'Your order is complete once your payment has arrived. The link was sent to you by e-mail as well.',
  },
  confirming: {
    title: 'Your payment is being confirmed',
    text: 'It was seen, and takes a moment until it is final. You need not do anything.',
    hasLink: false,
  },
  paid: { title: 'Your payment has arrived', text: 'Thank you. The shop has your money.', hasLink: false },
  expired: over,
  cancelled: over,
  failure: { ...unpaid, text: 'The payment did not go through. Please try again.' },
  error: over,
} as const satisfies Record<BoxStatus, { title: string; text: string; hasLink: boolean }>

/**
 * The script of a shop's order status page: fills the box that the shop's page has for it, by text alone. Dark unless the shop asks for light.
 */
export function boxScript({
  status,
  payUrl,
  isLight,
}: {
  readonly status: BoxStatus
  readonly payUrl: string
  readonly isLight: boolean
}): string {
  const { title, text, hasLink } = sayings[status]
  const facts = { title, text, link: hasLink ? payUrl : null, ...(isLight ? light : dark) }
  return `(function (facts) {
  'use strict'
  var box = document.getElementById('kupay-shopify-status')
  if (!box) return
  function add(tag, text, style, parent) {
    var element = document.createElement(tag)
    element.textContent = text
    element.setAttribute('style', style)
    parent.appendChild(element)
    return element
  }
  box.textContent = ''
  var panel = add('div', '', 'padding:1.5em;border-radius:8px;background:' + facts.back + ';color:' + facts.ink, box)
  add('h2', facts.title, 'margin:0 0 .5em;font-size:1.2em;color:' + facts.ink, panel)
  add('p', facts.text, 'margin:0;color:' + facts.ink, panel)
  if (!facts.link) return
  var link = add('a', 'Pay now via KuPay', 'display:inline-block;margin-top:1em;padding:.8em 1.4em;border-radius:6px;' +
    'background:#15803d;color:#fff;font-weight:600;text-decoration:none', panel)
  link.href = facts.link
})(${JSON.stringify(facts).replaceAll('<', '\\u003c')})
`
}

const dark = { back: '#1c1c28', ink: '#ffffff' }
const light = { back: '#ffffff', ink: '#1c1c28' }
