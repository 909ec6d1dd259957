import type { RequestWords } from './request-words.ts'

export const de: RequestWords = {
  payTitle: (name) => `${name} bezahlen`,
  donateTitle: (name) => `Spende an ${name}`,
  intro:
    'Das Geld geht aus Ihrer Wallet direkt in die des Empfängers. Sie sehen den genauen Betrag, bevor Sie etwas senden.',
  amount: 'Betrag',
  amountHint: 'Zum Beispiel 25,00',
  currency: 'Währung',
  forWhat: 'Wofür?',
  forWhatHint: 'Der Empfänger sieht es. Sie können es leer lassen.',
  choose: 'Wie möchten Sie bezahlen?',
  choice: (symbol, chain) => `${symbol} auf ${chain}`,
  pay: 'Weiter zur Zahlung',
  donate: 'Weiter zur Spende',
  nothing: 'Zahlungen aus Wallets werden hier zurzeit nicht angenommen.',
  problems: {
    amount: 'Bitte geben Sie einen Betrag ein, zum Beispiel 25,00.',
    choice: 'Bitte wählen Sie eine dieser Möglichkeiten.',
    price:
      'Dafür gibt es im Moment keinen verlässlichen Preis. Wählen Sie etwas anderes oder versuchen Sie es in einer Minute wieder.',
    tooMany: 'Das war zu oft in kurzer Zeit. Bitte versuchen Sie es in einer Stunde wieder.',
  },
}
