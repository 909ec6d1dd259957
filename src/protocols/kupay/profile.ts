import type { ProtocolProfile } from '../../app/protocol-profile.ts'
import { kupayCallbacks } from './callbacks.ts'
import { readDetails } from './payments/details.ts'

export const kupayProfile: ProtocolProfile = {
  name: 'kupay',
  title: 'KuPay',
  currencies: null,
  keys: { prefix: 'kp', kinds: ['token', 'api_key'], signing: 'api_key', uuids: ['api_key'] },
  returnUrls: null,
  orderFrequency: null,
  buyerOf: null,
  orderView: null,
  orderContents: null,
  walletLinks: ({ details }) => {
    const { paidUrl, cancelUrl, choices } = readDetails(details)
    return { paid: paidUrl, cancel: cancelUrl, ...(choices && { choices }) }
  },
  webhooks: kupayCallbacks,
}
