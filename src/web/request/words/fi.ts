import type { RequestWords } from './request-words.ts'

export const fi: RequestWords = {
  payTitle: (name) => `Maksa: ${name}`,
  donateTitle: (name) => `Lahjoitus: ${name}`,
  intro: 'Raha siirtyy lompakostasi suoraan saajan lompakkoon. Näet tarkan summan ennen kuin lähetät mitään.',
  amount: 'Summa',
  amountHint: 'Esimerkiksi 25,00',
  currency: 'Valuutta',
  forWhat: 'Mistä maksat?',
  forWhatHint: 'Saaja näkee tämän. Voit jättää sen tyhjäksi.',
  choose: 'Miten haluat maksaa?',
  choice: (symbol, chain) => `${symbol}, ${chain}`,
  pay: 'Jatka maksamaan',
  donate: 'Jatka lahjoitukseen',
  nothing: 'Täällä ei juuri nyt oteta vastaan maksuja lompakoista.',
  problems: {
    amount: 'Kirjoita summa, esimerkiksi 25,00.',
    choice: 'Valitse jokin näistä.',
    price: 'Luotettavaa hintaa ei juuri nyt ole. Valitse jotain muuta tai yritä uudelleen minuutin kuluttua.',
    tooMany: 'Liian monta pyyntöä lyhyessä ajassa. Yritä uudelleen tunnin kuluttua.',
  },
}
