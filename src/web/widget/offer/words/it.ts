import type { WidgetWords } from './words.ts'

const words: WidgetWords = {
  equal: 'Paga in {0} rate da {1}',
  unequal: '{0} oggi, poi {1} × {2}',
  later: 'Paga {0} il {1}',
  instalments: 'Paga in {0} rate',
  payLater: 'Paga dopo',
  missing: 'Aggiungi {0} per pagare in {1} rate',
  missingLater: 'Aggiungi {0} per pagare dopo',
  learnMore: 'Scopri di più',
  close: 'Chiudi',
  today: 'Oggi',
  interestFree: 'Senza interessi',
  choose: 'Scegli il pagamento a rate alla cassa.',
  chooseTravel: 'Scegli il pagamento a rate quando prenoti.',
  confirm: 'Conferma con il telefono e una carta.',
  thenByItself: 'Paghi oggi la prima rata. Le altre sono addebitate sulla carta nei giorni indicati.',
  thenOnce: 'L’intero importo è addebitato sulla carta nel giorno indicato.',
}

export default words
