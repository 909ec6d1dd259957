import type { ProtocolProfile } from '../../app/protocol-profile.ts'

export const kupayProfile: ProtocolProfile = {
  name: 'kupay',
  keys: { prefix: 'kp', kinds: ['token', 'api_key'], signing: null },
  returnUrls: null,
  orderFrequency: null,
  contactOf: null,
  webhooks: null,
}
