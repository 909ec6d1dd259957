import type { WidgetWords } from './words.ts'

const words: WidgetWords = {
  equal: 'Zahle in {0} Raten zu {1}',
  unequal: '{0} heute, dann {1} × {2}',
  later: 'Zahle {0} am {1}',
  instalments: 'Zahle in {0} Raten',
  payLater: 'Zahle später',
  missing: 'Noch {0}, um in {1} Raten zu zahlen',
  missingLater: 'Noch {0}, um später zu zahlen',
  learnMore: 'Mehr erfahren',
  close: 'Schließen',
  today: 'Heute',
  interestFree: 'Ohne Zinsen',
  choose: 'Wähle an der Kasse die Ratenzahlung.',
  chooseTravel: 'Wähle bei der Buchung die Ratenzahlung.',
  confirm: 'Bestätige mit Telefon und Karte.',
  thenByItself: 'Die erste Rate zahlst du heute. Die anderen werden an den genannten Tagen von deiner Karte abgebucht.',
  thenOnce: 'Der ganze Betrag wird am genannten Tag von deiner Karte abgebucht.',
}

export default words
