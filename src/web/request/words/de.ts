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
  ask: {
    title: 'Geld anfordern',
    intro: 'Sie bekommen einen Link, den Sie jemandem schicken. Was gezahlt wird, geht direkt in Ihre Wallet.',
    forWhatHint: 'Wer bezahlt, sieht es. Sie können es leer lassen.',
    choose: 'Womit darf bezahlt werden?',
    wallets: 'Direkt in Ihre Wallet',
    signing:
      'Ihre Wallet unterschreibt, was Sie anfordern, damit der Link zu Ihrer eigenen Adresse führt. Das kostet nichts und bewegt kein Geld.',
    needsWallet:
      'Dafür brauchen Sie eine Wallet im Browser, zum Beispiel MetaMask. Öffnen Sie diese Seite auf dem Telefon in der App Ihrer Wallet.',
    open: (app) => `In ${app} öffnen`,
    demo: 'Demo-Wallet der Sandbox verwenden',
    script: {
      create: 'Link mit {wallet} erstellen',
      unnamed: 'dieser Wallet',
      confirm: 'Ihre Wallet bittet um Ihre Unterschrift.',
      rejected: 'Sie haben nicht unterschrieben, deshalb gibt es noch keinen Link.',
      failed: 'Ihre Wallet konnte nicht unterschreiben: {message}',
      busy: 'Der Server ist nicht erreichbar. Bitte versuchen Sie es noch einmal.',
    },
    readyTitle: 'Ihr Link ist fertig',
    ready:
      'Schicken Sie ihn an die Person, die bezahlen soll. Hier und auf deren Seite sehen Sie, wenn bezahlt ist. Er gilt 30 Tage.',
    paidTitle: 'Das ist bezahlt',
    code: 'Code, der die Zahlung auf einem Telefon öffnet',
    copy: 'Text und Link kopieren',
    copied: 'Kopiert',
    mail: 'E-Mail',
    share: (amount, forWhat) =>
      forWhat === ''
        ? `Könntest du mir bitte ${amount} zahlen?`
        : `Könntest du mir bitte ${amount} für „${forWhat}“ zahlen?`,
    another: 'Noch etwas anfordern',
    problems: {
      unsigned: 'Die Unterschrift passt nicht oder ist zu alt. Bitte unterschreiben Sie noch einmal.',
      isShop: 'An dieser Adresse wird hier ein Shop bezahlt. Nehmen Sie eine andere Adresse oder die Seiten des Shops.',
      full: 'Dieser Server nimmt zurzeit keine weiteren Adressen an.',
    },
  },
}
