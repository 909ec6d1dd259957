import { sandboxCatalogue, simulatedInstance } from '../../src/domain/catalogue/file/sandbox-catalogue.ts'

/** The contract's simple example with a reference of its own and a card that is approved. */
export function paymentBody(reference: string): string {
  return `${before}${reference}${after}`
}

const card = { cardNumber: '4242424242424242', cardSecurityCode: '123', expiryMonth: '12', expiryYear: '2099' }
const whole = JSON.stringify({
  namespace: 'valitor_greidslugatt',
  amount: 1000,
  currency_code: 'ISK',
  details: card,
  requestId: '?',
})
const [before = '', after = ''] = whole.split('?')

const organization = sandboxCatalogue.organization.uuid
const channel = sandboxCatalogue.channels?.[0]?.uuid ?? ''
const instance = sandboxCatalogue.instances?.[0]?.uuid ?? ''

/** To the sandbox acquirer, in the server's own process. */
export const payPath = `/v/1/${organization}/${channel}/${instance}`
/** To the acquirer simulator, a process that speaks SOAP. */
export const paySoapPath = `/v/1/${organization}/${channel}/${simulatedInstance}`
