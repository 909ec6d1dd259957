import type { Language } from '../../../kernel/language.ts'

/** What the list of what was bought says. */
export type OrderItemWords = {
  readonly title: string
  readonly more: (count: number) => string
  readonly shipping: string
  readonly discount: string
  readonly tax: string
  readonly total: string
}

export const orderItemWords: Readonly<Record<Language, OrderItemWords>> = {
  en: {
    title: 'Your order',
    more: (count) => `and ${count} more`,
    shipping: 'Delivery',
    discount: 'Discount',
    tax: 'of which tax',
    total: 'Total',
  },
  it: {
    title: 'Il tuo ordine',
    more: (count) => `e altri ${count}`,
    shipping: 'Consegna',
    discount: 'Sconto',
    tax: 'di cui imposte',
    total: 'Totale',
  },
  fr: {
    title: 'Votre commande',
    more: (count) => `et ${count} de plus`,
    shipping: 'Livraison',
    discount: 'Remise',
    tax: 'dont taxes',
    total: 'Total',
  },
  de: {
    title: 'Ihre Bestellung',
    more: (count) => `und ${count} weitere`,
    shipping: 'Versand',
    discount: 'Rabatt',
    tax: 'davon Steuern',
    total: 'Gesamt',
  },
  es: {
    title: 'Tu pedido',
    more: (count) => `y ${count} más`,
    shipping: 'Envío',
    discount: 'Descuento',
    tax: 'impuestos incluidos',
    total: 'Total',
  },
  pt: {
    title: 'A sua encomenda',
    more: (count) => `e mais ${count}`,
    shipping: 'Entrega',
    discount: 'Desconto',
    tax: 'dos quais impostos',
    total: 'Total',
  },
  nl: {
    title: 'Je bestelling',
    more: (count) => `en nog ${count}`,
    shipping: 'Bezorging',
    discount: 'Korting',
    tax: 'waarvan belasting',
    total: 'Totaal',
  },
  fi: {
    title: 'Tilauksesi',
    more: (count) => `ja ${count} muuta`,
    shipping: 'Toimitus',
    discount: 'Alennus',
    tax: 'josta veroa',
    total: 'Yhteensä',
  },
  is: {
    title: 'Pöntunin þín',
    more: (count) => `og ${count} í viðbót`,
    shipping: 'Sending',
    discount: 'Afsláttur',
    tax: 'þar af skattur',
    total: 'Samtals',
  },
}
