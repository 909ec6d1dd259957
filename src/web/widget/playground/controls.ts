import type { AttributeName } from '../offer/attributes.ts'

/** An attribute as the playground offers it: chosen from words, or typed. */
export type Control = {
  readonly name: AttributeName | StyleAttribute
  readonly choices?: readonly string[]
  readonly placeholder?: string
}

/** What the style sheet alone reads, or nobody. */
export type StyleAttribute =
  | 'alignment'
  | 'background'
  | 'dark-mode'
  | 'environment'
  | 'font-size'
  | 'logo-color'
  | 'theme'

export type ControlGroup = { readonly title: string; readonly controls: readonly Control[] }

const onOff = ['true', 'false']

/** Every attribute of docs/protocols/widget.md, by what it is about. */
export const controlGroups: readonly ControlGroup[] = [
  {
    title: 'Price',
    controls: [
      { name: 'amount', placeholder: '200' },
      { name: 'amount-selectors', placeholder: '["#price"]' },
      { name: 'amount-separator', choices: [',', '.'] },
      { name: 'currency', placeholder: 'EUR' },
      { name: 'min-amount', placeholder: '50' },
      { name: 'max-amount', placeholder: '900' },
      { name: 'spend-progress', choices: ['standard', 'text-mode', 'hidden'] },
    ],
  },
  {
    title: 'Offer',
    controls: [
      { name: 'merchant-token', placeholder: '8KDS3SPEL' },
      { name: 'product-type', choices: ['[pay-in-3]', '[pay-in-4]', '[later]', '[pay-in-3,later]'] },
      { name: 'number-of-installments', choices: ['1', '3', '4'] },
      { name: 'frequency-number', placeholder: '14' },
      { name: 'product', placeholder: 'Oak chair' },
      { name: 'channel', choices: ['travel'] },
      { name: 'travel-date', placeholder: '2027-06-01' },
    ],
  },
  {
    title: 'Words',
    controls: [
      { name: 'locale', choices: ['en', 'it', 'fr', 'de', 'es', 'pt', 'nl', 'fi', 'is'] },
      { name: 'type', choices: ['product', 'cart', 'checkout'] },
      { name: 'currency-position', choices: ['before', 'after'] },
      { name: 'currency-display', choices: ['symbol', 'code'] },
      { name: 'show-title', choices: onOff },
      { name: 'hide-price', choices: onOff },
      { name: 'learn-more', choices: onOff },
      { name: 'hide', choices: onOff },
    ],
  },
  {
    title: 'Look',
    controls: [
      { name: 'alignment', choices: ['left', 'center', 'right'] },
      { name: 'background', choices: onOff },
      { name: 'dark-mode', choices: ['never', 'always', 'system'] },
      { name: 'font-size', choices: ['normal', 'small'] },
      { name: 'logo-color', choices: ['pink', 'black'] },
      { name: 'logo-size', placeholder: '100' },
      { name: 'max-width', placeholder: '100%' },
      { name: 'theme', choices: ['primary', 'variant'] },
    ],
  },
  {
    title: 'Older names',
    controls: [
      { name: 'min', placeholder: '50' },
      { name: 'max', placeholder: '900' },
      { name: 'numberofpayments', choices: ['1', '3', '4'] },
      { name: 'environment', choices: ['integration', 'production'] },
    ],
  },
]
