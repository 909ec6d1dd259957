import type { AccountWords } from './account-words.ts'

export const de: AccountWords = {
  title: 'Ihr Konto',
  plans: {
    title: 'Ihre Einkäufe',
    none: 'Sie haben noch keine Einkäufe.',
    owed: 'Noch zu zahlen',
    instalment: (number, count) => `Zahlung ${number} von ${count}`,
  },
  statuses: { scheduled: 'Geplant', paid: 'Bezahlt', overdue: 'Überfällig', cancelled: 'Storniert' },
  payNow: 'Jetzt zahlen',
  payAll: 'Alles zahlen',
  results: {
    paid: 'Bezahlt. Vielen Dank.',
    declined: 'Ihre Karte wurde abgelehnt. Bitte verwenden Sie eine andere.',
    unknown: 'Ihre Bank hat noch nicht geantwortet. Es wird nichts zweimal abgebucht.',
    nothing_done: 'Es war nichts zu zahlen.',
  },
  cards: {
    title: 'Ihre Karten',
    none: 'Sie haben keine gespeicherten Karten.',
    isDefault: 'Standard',
    makeDefault: 'Als Standard',
    remove: 'Entfernen',
    inUse: 'Die Karte eines offenen Einkaufs kann entfernt werden, sobald er bezahlt ist.',
  },
  sessions: { title: 'Wo Sie angemeldet sind', here: 'Dieses Gerät', end: 'Beenden' },
  data: { title: 'Ihre Daten', download: 'Herunterladen' },
}
