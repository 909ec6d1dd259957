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
  lateFee: (amount) => `Mahngebühr von ${amount}`,
  payNow: 'Jetzt zahlen',
  payAll: 'Alles zahlen',
  payAllHint: (count) => `Auf Ihrem Kontoauszug erscheinen dafür ${count} Zahlungen.`,
  results: {
    paid: 'Bezahlt. Vielen Dank.',
    declined: 'Ihre Karte wurde abgelehnt. Bitte verwenden Sie eine andere.',
    unknown: 'Ihre Bank hat noch nicht geantwortet. Es wird nichts zweimal abgebucht.',
    nothing_done: 'Es war nichts zu zahlen.',
    changed: 'Der Betrag hat sich inzwischen geändert. Bitte sehen Sie noch einmal nach.',
  },
  cards: {
    title: 'Ihre Karten',
    none: 'Sie haben keine gespeicherten Karten.',
    isDefault: 'Standard',
    makeDefault: 'Als Standard',
    remove: 'Entfernen',
    inUse: 'Die Karte eines offenen Einkaufs kann entfernt werden, sobald er bezahlt ist.',
  },
  sessions: { title: 'Wo Sie angemeldet sind', here: 'Dieses Gerät', end: 'Beenden', endAll: 'Überall abmelden' },
  data: {
    title: 'Ihre Daten',
    download: 'Herunterladen',
    language: 'Sprache unserer Nachrichten',
    save: 'Speichern',
    erase: 'Mein Konto löschen',
  },
  erasing: {
    title: 'Konto löschen?',
    text: 'Wir vergessen Ihren Namen, Ihre Kontaktdaten, Ihre Karten und unsere Nachrichten endgültig. Ihre Einkäufe bleiben in den Büchern der Shops, ohne Ihr Konto.',
    confirm: 'Endgültig löschen',
    keep: 'Konto behalten',
    open: 'Es ist noch etwas offen: Sobald alles bezahlt ist, können Sie Ihr Konto löschen.',
    done: { title: 'Ihr Konto ist gelöscht', text: 'Wir behalten von Ihnen nur die Beträge in den Büchern. Danke.' },
  },
  receipt: {
    title: 'Beleg',
    print: 'Drucken',
    payments: 'Zahlungen',
    paidBack: 'Erstattet',
    back: 'Zurück zu Ihrem Konto',
  },
}
