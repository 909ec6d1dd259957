import { Type } from 'typebox'
import { errors, invalid, of, shown } from './schema-parts.ts'

const chains = of('Chains')
const isSet = Type.Object({ set: Type.Boolean() })

export const readShopSecret = chains(
  {
    operationId: 'readShopSecret',
    summary: 'Whether the shop has a secret',
    description: 'Without one, no order that a shop system tells of is believed.',
  },
  { response: { 200: shown(isSet, 'Whether.', { set: true }), ...errors } },
)

export const setShopSecret = chains(
  {
    operationId: 'setShopSecret',
    summary: 'Set the secret of the shop',
    description: 'What the shop system signs its webhooks with, as it shows it to its owner. It is never shown here.',
  },
  {
    body: shown(Type.Object({ secret: Type.String({ minLength: 16, maxLength: 255 }) }), 'The secret.', {
      secret: 'shpss_example_9f2c7b1e4d',
    }),
    response: { 200: shown(isSet, 'Set.', { set: true }), ...invalid, ...errors },
  },
)

export const removeShopSecret = chains(
  {
    operationId: 'removeShopSecret',
    summary: 'Remove the secret of the shop',
    description: 'From then on no order that the shop system tells of is believed.',
  },
  { response: { 204: Type.Null({ description: 'Removed.' }), ...errors } },
)
