import type { RequestWords } from './request-words.ts'

export const nl: RequestWords = {
  payTitle: (name) => `${name} betalen`,
  donateTitle: (name) => `Donatie aan ${name}`,
  intro:
    'Het geld gaat uit uw wallet rechtstreeks naar die van de ontvanger. U ziet het exacte bedrag voordat u iets verstuurt.',
  amount: 'Bedrag',
  amountHint: 'Bijvoorbeeld 25,00',
  currency: 'Valuta',
  forWhat: 'Waarvoor is het?',
  forWhatHint: 'De ontvanger ziet dit. U mag het leeg laten.',
  choose: 'Hoe wilt u betalen?',
  choice: (symbol, chain) => `${symbol} op ${chain}`,
  pay: 'Verder naar betaling',
  donate: 'Verder naar donatie',
  nothing: 'Op dit moment worden hier geen betalingen uit wallets aangenomen.',
  problems: {
    amount: 'Vul een bedrag in, bijvoorbeeld 25,00.',
    choice: 'Kies een van deze mogelijkheden.',
    price: 'Er is op dit moment geen betrouwbare prijs. Kies iets anders of probeer het over een minuut opnieuw.',
    tooMany: 'Te veel aanvragen in korte tijd. Probeer het over een uur opnieuw.',
  },
}
