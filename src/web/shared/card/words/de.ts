import type { CardWords } from './card-words.ts'

const another = 'Es wurde nichts abgebucht. Bitte verwenden Sie eine andere Karte.'

export const de: CardWords = {
  labels: { number: 'Kartennummer', expiry: 'Gültig bis', code: 'Prüfnummer' },
  hints: { expiry: 'Monat/Jahr: MM/JJ', code: '3 oder 4 Ziffern' },
  testCards: {
    title: 'Testkarten',
    approved: 'Angenommen',
    declined: 'Abgelehnt',
    rest: 'Jedes künftige Ablaufdatum und jede Prüfnummer sind möglich.',
  },
  problemsTitle: 'Bitte prüfen Sie Ihre Kartendaten',
  problems: {
    number_missing: 'Geben Sie Ihre Kartennummer ein',
    number_format: 'Prüfen Sie die Kartennummer: Eine Ziffer fehlt oder ist falsch',
    expiry_missing: 'Geben Sie das Ablaufdatum ein',
    expiry_format: 'Geben Sie das Ablaufdatum als Monat und Jahr ein, zum Beispiel 04/29',
    expiry_past: 'Diese Karte ist abgelaufen: Geben Sie ein künftiges Datum ein',
    code_missing: 'Geben Sie die Prüfnummer ein',
    code_format: 'Die Prüfnummer hat 3 oder 4 Ziffern',
  },
  declinedTitle: 'Ihre Karte wurde nicht angenommen',
  declined: {
    card_declined: `Ihre Bank hat die Zahlung abgelehnt. ${another}`,
    insufficient_funds: `Auf dieser Karte ist nicht genug Geld verfügbar. ${another}`,
    expired_card: `Diese Karte ist abgelaufen. ${another}`,
    invalid_card_number:
      'Es gibt keine Karte mit dieser Nummer. Es wurde nichts abgebucht. Bitte prüfen Sie die Nummer oder verwenden Sie eine andere Karte.',
    invalid_expiry: 'Das Ablaufdatum passt nicht zur Karte. Es wurde nichts abgebucht. Bitte prüfen Sie es.',
    incorrect_security_code: 'Die Prüfnummer passt nicht zur Karte. Es wurde nichts abgebucht. Bitte prüfen Sie sie.',
    lost_or_stolen_card: `Ihre Bank hat die Zahlung abgelehnt. ${another}`,
    suspected_fraud: `Ihre Bank hat die Zahlung abgelehnt. ${another}`,
    not_permitted: `Mit dieser Karte ist diese Zahlung nicht möglich. ${another}`,
    limit_exceeded: `Die Zahlung übersteigt das Limit dieser Karte. ${another}`,
    authentication_required: `Ihre Bank konnte nicht bestätigen, dass Sie es sind. ${another}`,
    issuer_unavailable:
      'Ihre Bank hat nicht geantwortet. Es wurde nichts abgebucht. Bitte versuchen Sie es erneut oder verwenden Sie eine andere Karte.',
    duplicate: 'Die Zahlung hat nicht geklappt. Es wurde nichts abgebucht. Bitte versuchen Sie es erneut.',
    processing_error:
      'Die Zahlung hat nicht geklappt. Es wurde nichts abgebucht. Bitte versuchen Sie es erneut oder verwenden Sie eine andere Karte.',
    outcome_unknown:
      'Die Zahlung hat nicht geklappt. Bitte versuchen Sie es erneut oder verwenden Sie eine andere Karte.',
  },
}
