import type { WidgetWords } from './words.ts'

const words: WidgetWords = {
  equal: 'Betaal in {0} termijnen van {1}',
  unequal: '{0} vandaag, dan {1} × {2}',
  later: 'Betaal {0} op {1}',
  instalments: 'Betaal in {0} termijnen',
  payLater: 'Betaal later',
  missing: 'Nog {0} om in {1} termijnen te betalen',
  missingLater: 'Nog {0} om later te betalen',
  learnMore: 'Meer weten',
  close: 'Sluiten',
  today: 'Vandaag',
  interestFree: 'Zonder rente',
  choose: 'Kies bij het afrekenen voor betalen in termijnen.',
  chooseTravel: 'Kies bij het boeken voor betalen in termijnen.',
  confirm: 'Bevestig met je telefoon en een kaart.',
  thenByItself: 'De eerste termijn betaal je vandaag. De andere worden op de genoemde dagen van je kaart afgeschreven.',
  thenOnce: 'Het hele bedrag wordt op de genoemde dag van je kaart afgeschreven.',
}

export default words
