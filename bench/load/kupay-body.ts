/** A payment request as a shop's server sends it: the contract's example, with every field but the e-mail, whose mail would be measured as well. */
export function kupayBody(reference: string): string {
  return `${before}${reference}${after}`
}

const [before = '', after = ''] = JSON.stringify({
  id: '?',
  order_number: '1234',
  created_at: '2022-05-22T18:58:04+01:00',
  currency: 'USD',
  amount: 123.45,
  email: '',
  order_status_url: 'https://shop.example/orders/1234',
  cancel_url: 'https://shop.example/cart',
  paid_url: 'https://shop.example/thanks',
  callback_url: 'https://shop.example/hooks',
}).split('?')
