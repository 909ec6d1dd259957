import type { RequestWords } from './request-words.ts'

export const is: RequestWords = {
  payTitle: (name) => `Greiða ${name}`,
  donateTitle: (name) => `Framlag til ${name}`,
  intro: 'Féð fer úr veskinu þínu beint í veski viðtakandans. Þú sérð nákvæma upphæð áður en þú sendir nokkuð.',
  amount: 'Upphæð',
  amountHint: 'Til dæmis 25,00',
  currency: 'Gjaldmiðill',
  forWhat: 'Fyrir hvað er greitt?',
  forWhatHint: 'Viðtakandinn sér þetta. Þú mátt hafa það autt.',
  choose: 'Hvernig viltu greiða?',
  choice: (symbol, chain) => `${symbol} á ${chain}`,
  pay: 'Halda áfram að greiðslu',
  donate: 'Halda áfram að framlagi',
  nothing: 'Hér er ekki tekið við greiðslum úr veskjum sem stendur.',
  problems: {
    amount: 'Sláðu inn upphæð, til dæmis 25,00.',
    choice: 'Veldu eitt af þessu.',
    price: 'Ekkert áreiðanlegt verð er til sem stendur. Veldu annað eða reyndu aftur eftir eina mínútu.',
    tooMany: 'Of margar beiðnir á stuttum tíma. Reyndu aftur eftir klukkustund.',
  },
}
